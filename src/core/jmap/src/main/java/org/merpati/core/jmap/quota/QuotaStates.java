package org.merpati.core.jmap.quota;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.merpati.core.jmap.quota.AccountQuota.Resource;

/** A state is all that a client was shown: {@code octets.1234.5000_count.3.10}, or {@code none}. */
final class QuotaStates {
    private static final String NONE = "none";
    private static final Pattern QUOTA =
            Pattern.compile("(octets|count)\\.(0|[1-9][0-9]{0,15})\\.(0|[1-9][0-9]{0,15})");

    private QuotaStates() {}

    static String of(List<AccountQuota> quotas) {
        return quotas.isEmpty()
                ? NONE
                : quotas.stream()
                        .map(quota -> quota.id() + "." + quota.used() + "." + quota.limit())
                        .collect(Collectors.joining("_"));
    }

    /** Empty for what {@link #of} would not have written. */
    static Optional<List<AccountQuota>> parse(String state) {
        if (state.equals(NONE)) {
            return Optional.of(List.of());
        }
        var quotas = new ArrayList<AccountQuota>();
        for (var part : state.split("_", 3)) {
            var quota = QUOTA.matcher(part);
            if (!quota.matches()) {
                return Optional.empty();
            }
            var resource = quota.group(1).equals(Resource.OCTETS.type()) ? Resource.OCTETS : Resource.COUNT;
            quotas.add(new AccountQuota(resource, Long.parseLong(quota.group(2)), Long.parseLong(quota.group(3))));
        }
        return of(quotas).equals(state) && distinct(quotas) ? Optional.of(quotas) : Optional.empty();
    }

    private static boolean distinct(List<AccountQuota> quotas) {
        return quotas.stream().map(AccountQuota::id).distinct().count() == quotas.size();
    }
}
