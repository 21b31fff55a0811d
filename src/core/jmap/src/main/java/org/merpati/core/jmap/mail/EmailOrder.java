package org.merpati.core.jmap.mail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.jmap.Collation;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Comparison;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/** The order of a query of Emails (RFC 8621 §4.4.2). What is equal in it stands in the order of ids. */
final class EmailOrder {
    static final List<String> PROPERTIES = List.of(
            "receivedAt",
            "size",
            "from",
            "to",
            "subject",
            "sentAt",
            "hasKeyword",
            "allInThreadHaveKeyword",
            "someInThreadHaveKeyword");

    /** A number or a text of each email. */
    private sealed interface Key {
        boolean ascending();
    }

    @FunctionalInterface
    private interface OfIndex {
        long of(EmailIndex index, int place);
    }

    @FunctionalInterface
    private interface OfMail<T> {
        T of(SearchedMail mail) throws IOException;
    }

    private record Indexed(OfIndex value, boolean ascending) implements Key {}

    private record Text(OfMail<String> value, Collation collation, boolean ascending) implements Key {}

    private record Sent(boolean ascending) implements Key {}

    private final List<Key> keys = new ArrayList<>();
    private final List<Comparison> sort;
    private boolean wide;
    private boolean mutable;

    EmailOrder(List<Comparison> sort) throws MethodException {
        this.sort = sort;
        for (var comparison : sort) {
            keys.add(key(comparison));
        }
    }

    private Key key(Comparison by) throws MethodException {
        boolean up = by.ascending();
        return switch (by.property()) {
            case "receivedAt" -> new Indexed(EmailIndex::received, up);
            case "size" -> new Indexed(EmailIndex::octets, up);
            case "sentAt" -> new Sent(up);
            case "from" -> new Text(mail -> mail.first("From"), Collation.of(by.collation()), up);
            case "to" -> new Text(mail -> mail.first("To"), Collation.of(by.collation()), up);
            case "subject" -> new Text(SearchedMail::baseSubject, Collation.of(by.collation()), up);
            case "hasKeyword" -> {
                var keyword = keyword(by);
                yield changing((index, place) -> index.has(place, keyword) ? 1 : 0, up, false);
            }
            case "allInThreadHaveKeyword" -> {
                var keyword = keyword(by);
                yield changing(
                        (index, place) -> index.threads(keyword).without().contains(index.thread(place)) ? 0 : 1,
                        up,
                        true);
            }
            case "someInThreadHaveKeyword" -> {
                var keyword = keyword(by);
                yield changing(
                        (index, place) -> index.threads(keyword).with().contains(index.thread(place)) ? 1 : 0,
                        up,
                        true);
            }
            default ->
                throw new MethodException(
                        new MethodError.UnsupportedSort("Emails are sorted by " + String.join(", ", PROPERTIES)));
        };
    }

    private Key changing(OfIndex value, boolean ascending, boolean ofThread) {
        mutable = true;
        wide |= ofThread;
        return new Indexed(value, ascending);
    }

    private static Keyword keyword(Comparison by) throws MethodException {
        return EmailCondition.keyword(by.keyword()
                .orElseThrow(() -> Arguments.invalid("a sort by " + by.property() + " needs a \"keyword\"")));
    }

    /** Whether it asks about threads. */
    boolean wide() {
        return wide;
    }

    boolean mutable() {
        return mutable;
    }

    boolean readsMessages() {
        return keys.stream().anyMatch(key -> !(key instanceof Indexed));
    }

    /** Whether ascending, where it is nothing but that by receivedAt; without any sort the newest come first. */
    Optional<Boolean> byReceived() {
        if (sort.isEmpty()) {
            return Optional.of(false);
        }
        return sort.size() == 1 && sort.getFirst().property().equals("receivedAt")
                ? Optional.of(sort.getFirst().ascending())
                : Optional.empty();
    }

    /** The keys of one query's emails, and their order. */
    final class Sorting {
        private final EmailIndex index;
        private final List<byte[][]> texts = new ArrayList<>();
        private final long[] sent;

        Sorting(EmailIndex index) {
            this.index = index;
            for (var key : keys) {
                texts.add(new byte[key instanceof Text ? index.size() : 0][]);
            }
            sent = new long[keys.stream().anyMatch(Sent.class::isInstance) ? index.size() : 0];
        }

        /** Takes what the message is sorted by. */
        void take(int place, SearchedMail mail) throws IOException {
            for (int i = 0; i < keys.size(); i++) {
                switch (keys.get(i)) {
                    case Text text ->
                        texts.get(i)[place] = text.collation().key(text.value().of(mail));
                    case Sent by -> sent[place] = mail.sent();
                    case Indexed by -> {
                        // the index has it
                    }
                }
            }
        }

        Comparator<Integer> order() {
            boolean up = !keys.isEmpty() && keys.getFirst().ascending();
            Comparator<Integer> order = Comparator.comparingInt(place -> 0);
            if (keys.isEmpty()) {
                order = Comparator.<Integer>comparingLong(index::received).reversed();
            }
            for (int i = 0; i < keys.size(); i++) {
                var values = texts.get(i);
                Comparator<Integer> next = switch (keys.get(i)) {
                    case Indexed by ->
                        Comparator.comparingLong(place -> by.value().of(index, place));
                    case Sent by -> Comparator.comparingLong(place -> sent[place]);
                    case Text by -> Comparator.comparing(place -> values[place], Collation.ORDER);
                };
                order = order.thenComparing(keys.get(i).ascending() ? next : next.reversed());
            }
            Comparator<Integer> byId = Comparator.comparingLong(index::email);
            return order.thenComparing(up ? byId : byId.reversed());
        }
    }
}
