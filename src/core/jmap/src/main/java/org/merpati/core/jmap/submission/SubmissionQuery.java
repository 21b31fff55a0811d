package org.merpati.core.jmap.submission;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.Ids;
import org.merpati.core.jmap.QueryType;
import org.merpati.core.jmap.UtcDate;
import org.merpati.core.store.Submissions;
import org.merpati.core.store.Submissions.Row;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Comparison;
import org.merpati.lib.jmap.Filter;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/** EmailSubmission/query and EmailSubmission/queryChanges (RFC 8621 §7.3, §7.4). */
final class SubmissionQuery implements QueryType {
    /** Changes that are worth calculating: twice as many as there may be. */
    private static final int MOST_CHANGES = 2 * Submissions.MOST;

    @Override
    public String name() {
        return "EmailSubmission";
    }

    @Override
    public Search search(Optional<JsonNode> filter, List<Comparison> sort, Arguments in, Call call)
            throws MethodException {
        return new SubmissionSearch(Filter.parse(filter, condition -> condition(condition, call)), order(sort), call);
    }

    private static Predicate<Row> condition(Arguments in, Call call) throws MethodException {
        Predicate<Row> all = row -> true;
        all = all.and(among(
                in.optionalStrings("identityIds"),
                IdKind.IDENTITY,
                row -> row.sent().identity().value(),
                call));
        all = all.and(among(
                in.optionalStrings("emailIds"),
                IdKind.EMAIL,
                row -> row.sent().email().value(),
                call));
        all = all.and(among(
                in.optionalStrings("threadIds"),
                IdKind.THREAD,
                row -> row.sent().thread().value(),
                call));
        var status = in.optionalString("undoStatus");
        if (status.isPresent()) {
            all = all.and(row -> SubmissionType.undoStatus(row.status()).equals(status.get()));
        }
        var before = date(in, "before");
        if (before.isPresent()) {
            all = all.and(row -> row.sent().sendAt().isBefore(before.get()));
        }
        var after = date(in, "after");
        if (after.isPresent()) {
            all = all.and(row -> !row.sent().sendAt().isBefore(after.get()));
        }
        return all;
    }

    private static Predicate<Row> among(
            Optional<List<String>> ids, IdKind kind, ToLongFunction<Row> number, Call call) {
        if (ids.isEmpty()) {
            return row -> true;
        }
        Set<Long> numbers = new HashSet<>();
        ids.get().forEach(id -> call.number(kind, id).ifPresent(numbers::add));
        return row -> numbers.contains(number.applyAsLong(row));
    }

    private static Optional<Instant> date(Arguments in, String name) throws MethodException {
        var given = in.optionalString(name);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        var date = UtcDate.parse(given.get());
        if (date.isEmpty()) {
            throw Arguments.invalid("\"" + name + "\" must be a UTCDate");
        }
        return date;
    }

    /** Where it says nothing the order is that in which they were sent. */
    private static Comparator<Row> order(List<Comparison> sort) throws MethodException {
        Comparator<Row> order = Comparator.comparingInt(row -> 0);
        for (var comparison : sort) {
            Comparator<Row> next = switch (comparison.property()) {
                case "emailId" -> Comparator.comparing(row -> row.sent().email());
                case "threadId" ->
                    Comparator.comparingLong(row -> row.sent().thread().value());
                case "sentAt", "sendAt" -> // the RFC says one of the property, the other of its sort
                    Comparator.comparing(row -> row.sent().sendAt());
                default ->
                    throw new MethodException(new MethodError.UnsupportedSort(
                            "an EmailSubmission is sorted by emailId, threadId and sentAt"));
            };
            order = order.thenComparing(comparison.ascending() ? next : next.reversed());
        }
        return order;
    }

    private record SubmissionSearch(Filter<Predicate<Row>> filter, Comparator<Row> order, Call call) implements Search {
        @Override
        public boolean knowsChanges() {
            return true;
        }

        @Override
        public Found run(AccountId account) {
            var listed = call.door()
                    .call(services -> services.get(Submissions.class).list(account))
                    .orThrow();
            var ids = listed.rows().stream()
                    .filter(row -> matches(filter, row))
                    .sorted(order)
                    .map(row -> SubmissionType.id(row.id()))
                    .toList();
            return new Found(Ids.of(ids), listed.state());
        }

        private static boolean matches(Filter<Predicate<Row>> filter, Row row) {
            return switch (filter) {
                case Filter.Condition<Predicate<Row>>(var condition) -> condition.test(row);
                case Filter.Combined<Predicate<Row>>(var operator, var conditions) ->
                    switch (operator) {
                        case AND -> conditions.stream().allMatch(one -> matches(one, row));
                        case OR -> conditions.stream().anyMatch(one -> matches(one, row));
                        case NOT -> conditions.stream().noneMatch(one -> matches(one, row));
                    };
            };
        }

        @Override
        public Optional<Moved> moved(AccountId account, ModSeq since) {
            return call.door()
                    .call(services -> services.get(Submissions.class).changes(account, since, MOST_CHANGES))
                    .orThrow()
                    .filter(changes -> !changes.more())
                    .map(changes -> {
                        var there = new HashSet<>(SubmissionType.ids(changes.created()));
                        there.addAll(SubmissionType.ids(changes.updated()));
                        return new Moved(
                                there, new HashSet<>(SubmissionType.ids(changes.destroyed())), changes.state());
                    });
        }
    }
}
