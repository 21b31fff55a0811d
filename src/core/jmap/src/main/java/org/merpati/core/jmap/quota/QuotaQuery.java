package org.merpati.core.jmap.quota;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.Collation;
import org.merpati.core.jmap.Ids;
import org.merpati.core.jmap.QueryType;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Comparison;
import org.merpati.lib.jmap.Filter;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/** Quota/query and Quota/queryChanges (RFC 9425 §4.4, §4.5). There are two quotas at most: a state is the number of a result. */
final class QuotaQuery implements QueryType {
    private static final List<List<String>> RESULTS = List.of(
            List.of(), List.of("octets"), List.of("count"), List.of("octets", "count"), List.of("count", "octets"));

    @Override
    public String name() {
        return "Quota";
    }

    @Override
    public Search search(Optional<JsonNode> filter, List<Comparison> sort, Arguments in, Call call)
            throws MethodException {
        return new QuotaSearch(Filter.parse(filter, QuotaQuery::condition), order(sort), call);
    }

    private static Predicate<AccountQuota> condition(Arguments in) throws MethodException {
        var name = in.optionalString("name");
        var scope = in.optionalString("scope");
        var resource = in.optionalString("resourceType");
        var type = in.optionalString("type");
        return quota -> name.map(quota.resource().label()::contains).orElse(true)
                && scope.map("account"::equals).orElse(true)
                && resource.map(quota.resource().type()::equals).orElse(true)
                && type.map("Email"::equals).orElse(true);
    }

    private static Comparator<AccountQuota> order(List<Comparison> sort) throws MethodException {
        Comparator<AccountQuota> order = Comparator.comparingInt(quota -> 0);
        for (var comparison : sort) {
            Comparator<AccountQuota> next = switch (comparison.property()) {
                case "name" -> {
                    var collation = Collation.of(comparison.collation());
                    yield Comparator.comparing(
                            quota -> collation.key(quota.resource().label()), Collation.ORDER);
                }
                case "used" -> Comparator.comparingLong(AccountQuota::used);
                default ->
                    throw new MethodException(new MethodError.UnsupportedSort("a Quota is sorted by name and used"));
            };
            order = order.thenComparing(comparison.ascending() ? next : next.reversed());
        }
        return order;
    }

    private static boolean matches(Filter<Predicate<AccountQuota>> filter, AccountQuota quota) {
        return switch (filter) {
            case Filter.Condition<Predicate<AccountQuota>>(var condition) -> condition.test(quota);
            case Filter.Combined<Predicate<AccountQuota>>(var operator, var conditions) ->
                switch (operator) {
                    case AND -> conditions.stream().allMatch(one -> matches(one, quota));
                    case OR -> conditions.stream().anyMatch(one -> matches(one, quota));
                    case NOT -> conditions.stream().noneMatch(one -> matches(one, quota));
                };
        };
    }

    private record QuotaSearch(Filter<Predicate<AccountQuota>> filter, Comparator<AccountQuota> order, Call call)
            implements Search {
        @Override
        public boolean knowsChanges() {
            return true;
        }

        private List<String> ids(AccountId account) {
            return call.door().call(services -> AccountQuota.of(services, account, call)).orThrow().stream()
                    .filter(quota -> matches(filter, quota))
                    .sorted(order)
                    .map(AccountQuota::id)
                    .toList();
        }

        @Override
        public Found run(AccountId account) {
            var ids = ids(account);
            return new Found(Ids.of(ids), new ModSeq(RESULTS.indexOf(ids)));
        }

        @Override
        public Optional<Moved> moved(AccountId account, ModSeq since) {
            if (since.value() >= RESULTS.size()) {
                return Optional.empty();
            }
            var before = RESULTS.get((int) since.value());
            var now = ids(account);
            var state = new ModSeq(RESULTS.indexOf(now));
            if (before.equals(now)) {
                return Optional.of(new Moved(new HashSet<>(), new HashSet<>(), state));
            }
            var gone = new HashSet<>(before);
            now.forEach(gone::remove);
            return Optional.of(new Moved(new HashSet<>(now), gone, state));
        }
    }
}
