package org.merpati.core.jmap.mail;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.jmap.Call;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;

/**
 * A FilterCondition of Email (RFC 8621 §4.4.1): all of its tests must hold.
 *
 * @param inMailbox the one it names
 * @param wide whether it asks about mailboxes other than that one, or about threads
 * @param mutable whether it asks about what may change
 * @param words what it looks for in subjects and bodies, for snippets
 */
record EmailCondition(
        List<IndexTest> indexed,
        List<MessageTest> ofMessage,
        Optional<MailboxId> inMailbox,
        boolean wide,
        boolean mutable,
        Words words) {

    /** What the index knows. */
    @FunctionalInterface
    interface IndexTest {
        boolean holds(EmailIndex index, int place);
    }

    /** What only the message tells. */
    @FunctionalInterface
    interface MessageTest {
        boolean holds(SearchedMail mail) throws IOException;
    }

    record Words(List<String> subject, List<String> body) {}

    EmailCondition {
        indexed = List.copyOf(indexed);
        ofMessage = List.copyOf(ofMessage);
    }

    boolean isOnlyInMailbox() {
        return inMailbox.isPresent() && indexed.size() == 1 && ofMessage.isEmpty();
    }

    boolean isEmpty() {
        return indexed.isEmpty() && ofMessage.isEmpty();
    }

    static EmailCondition parse(Arguments in, Call call) throws MethodException {
        return new Reading(in, call).read();
    }

    private static final class Reading {
        private final Arguments in;
        private final Call call;
        private final List<IndexTest> indexed = new ArrayList<>();
        private final List<MessageTest> ofMessage = new ArrayList<>();
        private final Words words = new Words(new ArrayList<>(), new ArrayList<>());
        private Optional<MailboxId> inMailbox = Optional.empty();
        private boolean wide;
        private boolean mutable;

        Reading(Arguments in, Call call) {
            this.in = in;
            this.call = call;
        }

        EmailCondition read() throws MethodException {
            mailboxes();
            dates();
            sizes();
            keywords();
            texts();
            return new EmailCondition(indexed, ofMessage, inMailbox, wide, mutable, words);
        }

        private void mailboxes() throws MethodException {
            var one = in.optionalString("inMailbox");
            if (one.isPresent()) {
                var mailbox = mailbox(one.get());
                inMailbox = Optional.of(mailbox);
                mutable = true;
                indexed.add((index, place) -> index.isIn(place, mailbox));
            }
            var others = in.optionalStrings("inMailboxOtherThan");
            if (others.isPresent()) {
                var mailboxes = new HashSet<MailboxId>();
                for (var id : others.get()) {
                    mailboxes.add(mailbox(id));
                }
                wide = true;
                mutable = true;
                indexed.add((index, place) -> index.isInOtherThan(place, mailboxes));
            }
        }

        /** One that is none of this account's just holds nothing. */
        private MailboxId mailbox(String id) throws MethodException {
            var number = call.number(IdKind.MAILBOX, id);
            if (number.isEmpty()) {
                throw Arguments.invalid("\"" + id + "\" is no Mailbox id");
            }
            return new MailboxId(number.getAsLong());
        }

        private void dates() throws MethodException {
            var before = date("before");
            before.ifPresent(time -> indexed.add((index, place) -> index.received(place) < time));
            var after = date("after");
            after.ifPresent(time -> indexed.add((index, place) -> index.received(place) >= time));
        }

        /** A UTCDate (RFC 8620 §1.4), in milliseconds. */
        private Optional<Long> date(String name) throws MethodException {
            var text = in.optionalString(name);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            try {
                if (text.get().endsWith("Z")) {
                    return Optional.of(Instant.parse(text.get()).toEpochMilli());
                }
            } catch (DateTimeException | ArithmeticException e) {
                throw Arguments.invalid("\"" + name + "\" must be a UTCDate");
            }
            throw Arguments.invalid("\"" + name + "\" must be a UTCDate");
        }

        private void sizes() throws MethodException {
            var least = in.optionalUnsigned("minSize");
            least.ifPresent(size -> indexed.add((index, place) -> index.octets(place) >= size));
            var most = in.optionalUnsigned("maxSize");
            most.ifPresent(size -> indexed.add((index, place) -> index.octets(place) < size));
        }

        private void keywords() throws MethodException {
            var has = keyword("hasKeyword");
            has.ifPresent(keyword -> indexed.add((index, place) -> index.has(place, keyword)));
            var not = keyword("notKeyword");
            not.ifPresent(keyword -> indexed.add((index, place) -> !index.has(place, keyword)));
            var all = keyword("allInThreadHaveKeyword");
            all.ifPresent(keyword -> indexed.add(
                    (index, place) -> !index.threads(keyword).without().contains(index.thread(place))));
            var some = keyword("someInThreadHaveKeyword");
            some.ifPresent(keyword ->
                    indexed.add((index, place) -> index.threads(keyword).with().contains(index.thread(place))));
            var none = keyword("noneInThreadHaveKeyword");
            none.ifPresent(keyword ->
                    indexed.add((index, place) -> !index.threads(keyword).with().contains(index.thread(place))));
            mutable |= Stream.of(has, not, all, some, none).anyMatch(Optional::isPresent);
            wide |= Stream.of(all, some, none).anyMatch(Optional::isPresent);
        }

        private Optional<Keyword> keyword(String name) throws MethodException {
            var text = in.optionalString(name);
            return text.isEmpty() ? Optional.empty() : Optional.of(EmailCondition.keyword(text.get()));
        }

        private void texts() throws MethodException {
            if (in.any("hasAttachment").isPresent()) {
                boolean wanted = in.flag("hasAttachment", true);
                ofMessage.add(mail -> mail.hasAttachment() == wanted);
            }
            for (var field : List.of("From", "To", "Cc", "Bcc", "Subject")) {
                var text = text(field.toLowerCase(Locale.ROOT));
                text.ifPresent(wanted -> ofMessage.add(mail -> wanted.isIn(mail.fields(field))));
                if (field.equals("Subject")) {
                    text.ifPresent(wanted -> words.subject().addAll(wanted.terms()));
                }
            }
            var body = text("body");
            body.ifPresent(wanted -> {
                words.body().addAll(wanted.terms());
                ofMessage.add(mail -> wanted.isIn(mail.body()));
            });
            var text = text("text");
            text.ifPresent(wanted -> {
                words.subject().addAll(wanted.terms());
                words.body().addAll(wanted.terms());
                ofMessage.add(mail -> anywhere(wanted, mail));
            });
            header();
        }

        private static boolean anywhere(SearchText wanted, SearchedMail mail) throws IOException {
            var all = new ArrayList<String>();
            for (var field : List.of("From", "To", "Cc", "Bcc", "Subject")) {
                all.addAll(mail.fields(field));
            }
            if (wanted.isIn(all)) {
                return true;
            }
            all.addAll(mail.body());
            return wanted.isIn(all);
        }

        private Optional<SearchText> text(String name) throws MethodException {
            return in.optionalString(name).map(SearchText::parse);
        }

        private void header() throws MethodException {
            var header = in.optionalStrings("header");
            if (header.isEmpty()) {
                return;
            }
            var parts = header.get();
            if (parts.isEmpty() || parts.size() > 2 || parts.getFirst().isEmpty()) {
                throw Arguments.invalid("\"header\" must be a field's name, and a text if one is looked for");
            }
            var field = parts.getFirst();
            var text = SearchText.parse(parts.size() == 2 ? parts.get(1) : "");
            ofMessage.add(mail -> {
                var values = mail.fields(field);
                return !values.isEmpty()
                        && (text.terms().isEmpty() || values.stream().anyMatch(v -> text.isIn(List.of(v))));
            });
        }
    }

    static Keyword keyword(String name) throws MethodException {
        try {
            return new Keyword(name);
        } catch (IllegalArgumentException e) {
            throw Arguments.invalid("\"" + name + "\" is " + e.getMessage());
        }
    }
}
