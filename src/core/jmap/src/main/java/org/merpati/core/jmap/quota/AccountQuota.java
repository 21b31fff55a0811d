package org.merpati.core.jmap.quota;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.jmap.Call;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Quotas;
import org.merpati.core.store.Quotas.Usage;
import org.merpati.lib.jmap.CapabilityUri;

/** One Quota (RFC 9425 §4.1). */
record AccountQuota(Resource resource, long used, long limit) {
    private static final long MOST = (1L << 53) - 1; // RFC 8620 §1.3

    /** What is counted (RFC 9425 §3.2). */
    enum Resource {
        OCTETS("octets", "storage"),
        COUNT("count", "messages");

        private final String type;
        private final String label;

        Resource(String type, String label) {
            this.type = type;
            this.label = label;
        }

        /** Also the id: an account has one of each at most. */
        String type() {
            return type;
        }

        String label() {
            return label;
        }
    }

    String id() {
        return resource.type();
    }

    /** All that the caller's account has, as far as the request may see them; inside the door. */
    static List<AccountQuota> of(Services services, AccountId account, Call call) {
        return call.using().contains(CapabilityUri.MAIL) ? of(services, account) : List.of();
    }

    static List<AccountQuota> of(Services services, AccountId account) {
        var quotas = new ArrayList<AccountQuota>();
        visible(services, account).ifPresent(usage -> {
            add(quotas, Resource.OCTETS, usage.octets(), usage.limits().octets());
            add(quotas, Resource.COUNT, usage.emails(), usage.limits().emails());
        });
        return quotas;
    }

    private static Optional<Usage> visible(Services services, AccountId account) {
        var quotas = services.get(Quotas.class);
        var domain = services.get(Accounts.class)
                .find(account)
                .flatMap(found -> quotas.domain(found.address().domain()))
                .orElse(new Usage(0, 0, Quotas.Limits.NONE));
        return quotas.account(account).map(usage -> usage.within(domain));
    }

    private static void add(List<AccountQuota> quotas, Resource resource, long used, OptionalLong limit) {
        if (limit.isPresent()) {
            quotas.add(new AccountQuota(resource, Math.min(used, MOST), Math.min(limit.getAsLong(), MOST)));
        }
    }
}
