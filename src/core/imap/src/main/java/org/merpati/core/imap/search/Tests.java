package org.merpati.core.imap.search;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.store.index.IndexRow;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.SearchKey;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.StoredStructure;
import org.merpati.lib.mime.field.EncodedWords;
import org.merpati.lib.mime.view.Envelope;

/** Makes tests of keys: what they say of this mailbox, at this time. */
final class Tests {
    private final View view;
    private final Instant now;

    Tests(View view, Instant now) {
        this.view = view;
        this.now = now;
    }

    Test of(SearchKey key) {
        return switch (key) {
            case SearchKey.All all -> new Test.Single(Source.VIEW, candidate -> true);
            case SearchKey.And(var keys) ->
                new Test.Several(keys.stream().map(this::of).toList(), Truth.NO);
            case SearchKey.Or(var keys) ->
                new Test.Several(keys.stream().map(this::of).toList(), Truth.YES);
            case SearchKey.Not(var inner) -> new Test.Not(of(inner));
            case SearchKey.Numbers(var messages) -> numbers(messages);
            case SearchKey.Flag flag -> flag(flag);
            case SearchKey.Keyword(var name) -> keyword(name);
            case SearchKey.Dated dated -> dated(dated);
            case SearchKey.SaveDateSupported supported -> new Test.Single(Source.VIEW, candidate -> true);
            case SearchKey.Within(var older, var seconds) -> within(older, seconds);
            case SearchKey.Larger(var octets) -> row(row -> row.size() > octets);
            case SearchKey.Smaller(var octets) -> row(row -> row.size() < octets);
            case SearchKey.ModSeq(var since) -> row(row -> row.modSeq() >= since);
            case SearchKey.EmailId(var id) -> object(IdKind.EMAIL, id, IndexRow::email);
            case SearchKey.ThreadId(var id) -> object(IdKind.THREAD, id, IndexRow::thread);
            case SearchKey.Field(var name, var text) -> field(name, new Needle(text));
            case SearchKey.Addresses(var name, var text) -> addresses(name, new Needle(text));
            case SearchKey.Body(var text) -> {
                var needle = new Needle(text);
                yield new Test.Single(
                        Source.OCTETS, candidate -> candidate.text().body(needle));
            }
            case SearchKey.Text(var text) -> {
                var needle = new Needle(text);
                yield new Test.Single(
                        Source.OCTETS, candidate -> candidate.text().text(needle));
            }
        };
    }

    private static Test row(Predicate<IndexRow> holds) {
        return new Test.Single(Source.INDEX, candidate -> holds.test(candidate.row()));
    }

    /** An id that is none is no message's. */
    private static Test object(IdKind kind, String id, ToLongFunction<IndexRow> number) {
        var wanted = kind.parse(id);
        return wanted.isEmpty()
                ? new Test.Single(Source.VIEW, candidate -> false)
                : row(row -> number.applyAsLong(row) == wanted.getAsLong());
    }

    private Test flag(SearchKey.Flag flag) {
        return switch (flag) {
            case ANSWERED -> has(Keyword.ANSWERED);
            case DELETED -> row(IndexRow::deleted);
            case DRAFT -> has(Keyword.DRAFT);
            case FLAGGED -> has(Keyword.FLAGGED);
            case RECENT ->
                new Test.Single(Source.VIEW, candidate -> view.recent().test(view.uid(candidate.index())));
            case SEEN -> has(Keyword.SEEN);
        };
    }

    private static Test has(Keyword keyword) {
        return new Test.Single(Source.INDEX, new Holds(keyword));
    }

    /** Looks into one set of keywords once: most messages have the same as the one before. */
    private static final class Holds implements Test.Judgement {
        private final Keyword keyword;
        private Set<Keyword> last = Set.of();
        private boolean answer;

        Holds(Keyword keyword) {
            this.keyword = keyword;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // comparing what is in them would take longer than looking
        public boolean holds(Candidate candidate) {
            var keywords = candidate.keywords();
            if (keywords != last) {
                last = keywords;
                answer = keywords.contains(keyword);
            }
            return answer;
        }
    }

    /** A name that no keyword can have is that of no message's. */
    private static Test keyword(String name) {
        if (name.length() > 255 || name.indexOf(']') >= 0) {
            return new Test.Single(Source.VIEW, candidate -> false);
        }
        var keyword = new Keyword(name);
        return has(keyword);
    }

    private Test dated(SearchKey.Dated dated) {
        return switch (dated.which()) {
            case RECEIVED -> {
                var day = new Day(dated.date());
                yield row(row -> day.holds(dated.order(), row.received()));
            }
            case SENT ->
                new Test.Single(
                        Source.ENVELOPE,
                        candidate -> sent(candidate)
                                .map(date -> switch (dated.order()) {
                                    case BEFORE -> date.isBefore(dated.date());
                                    case ON -> date.equals(dated.date());
                                    case SINCE -> !date.isBefore(dated.date());
                                })
                                .orElse(false));
            case SAVED -> {
                var day = new Day(dated.date());
                yield new Test.Single(Source.ROW, candidate -> day.holds(dated.order(), candidate.saved()));
            }
        };
    }

    /** Dates of the server's own are told in UTC, so their days are UTC's. */
    private record Day(long from, long to) {
        Day(LocalDate date) {
            this(millis(date), millis(date.plusDays(1)));
        }

        private static long millis(LocalDate date) {
            return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }

        boolean holds(SearchKey.Order order, long time) {
            return switch (order) {
                case BEFORE -> time < from;
                case ON -> time >= from && time < to;
                case SINCE -> time >= from;
            };
        }
    }

    /** Empty for a message that has no date. */
    private static java.util.Optional<LocalDate> sent(Candidate candidate) throws IOException {
        return candidate.envelope().date("Date").map(OffsetDateTime::toLocalDate);
    }

    /** To the second (RFC 5032 §2). */
    private Test within(boolean older, long seconds) {
        long target = now.getEpochSecond() - seconds;
        return older
                ? row(row -> Math.floorDiv(row.received(), 1000) <= target)
                : row(row -> Math.floorDiv(row.received(), 1000) >= target);
    }

    private static Test field(String name, Needle needle) {
        boolean stored = StoredStructure.keeps(name);
        return new Test.Single(
                stored ? Source.ENVELOPE : Source.HEADER,
                candidate -> isIn(stored ? candidate.envelope() : candidate.header(), name, needle));
    }

    private static boolean isIn(Header header, String name, Needle needle) {
        for (int i = 0; i < header.count(); i++) {
            var field = header.field(i);
            if (field.is(name) && needle.isIn(field.text())) {
                return true;
            }
        }
        return false;
    }

    /**
     * As the envelope has them, whatever comments stand in them (RFC 9051 §6.4.4). As the field has them too: so are they
     * shown, and copied from there.
     */
    private static Test addresses(String name, Needle needle) {
        return new Test.Single(Source.ENVELOPE, candidate -> {
            var header = candidate.envelope();
            return isIn(header, name, needle)
                    || of(Envelope.of(header), name).stream().map(Tests::text).anyMatch(needle::isIn);
        });
    }

    private static List<Envelope.Address> of(Envelope envelope, String name) {
        return switch (name) {
            case "From" -> envelope.from();
            case "To" -> envelope.to();
            case "Cc" -> envelope.cc();
            case "Bcc" -> envelope.bcc();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String text(Envelope.Address address) {
        var name = address.name()
                .map(encoded -> EncodedWords.decode(encoded) + " ")
                .orElse("");
        var mailbox = address.mailbox().orElse("");
        return name + "<" + mailbox + address.host().map(host -> "@" + host).orElse("") + ">";
    }

    /** Numbers beyond the last message are nobody's (RFC 7377 §2). */
    private Test numbers(MessageSet messages) {
        var chosen = new BitSet(view.size());
        switch (messages) {
            case MessageSet.SequenceSet(var ranges) ->
                ranges.forEach(range ->
                        set(chosen, range.low(view.size()) - 1, Math.min(range.high(view.size()), view.size())));
            case MessageSet.UidSet(var ranges) -> ranges.forEach(range -> addUids(chosen, range));
            case MessageSet.Saved saved -> {
                for (long uid : view.saved().uids()) {
                    int index = view.messages().ceiling(uid);
                    if (index < view.size() && view.uid(index) == uid) {
                        chosen.set(index);
                    }
                }
            }
        }
        return new Test.Single(Source.VIEW, candidate -> chosen.get(candidate.index()));
    }

    private void addUids(BitSet chosen, NumberRange range) {
        set(
                chosen,
                view.messages().ceiling(range.low(view.messages().last())),
                view.messages().ceiling(range.high(view.messages().last()) + 1));
    }

    private static void set(BitSet chosen, long from, long to) {
        if (from >= 0 && from < to) {
            chosen.set((int) from, (int) to);
        }
    }
}
