package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.jmap.Call;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;

/** The metadata that clients give of an Email: creating, importing, copying (RFC 8621 §4.1.1). */
final class Given {
    private Given() {}

    /** At least one; each an id, or {@code #} and a creation id. */
    static Set<MailboxId> mailboxes(ObjectNode email, Call call) throws SetException {
        var given = email.get("mailboxIds");
        if (given == null || !given.isObject() || given.isEmpty()) {
            throw invalid("mailboxIds", "an Email is in one Mailbox at least");
        }
        return mailboxes(given, call);
    }

    static Set<MailboxId> mailboxes(JsonNode set, Call call) throws SetException {
        var mailboxes = new HashSet<MailboxId>();
        for (var entry : set.properties()) {
            requireTrue("mailboxIds", entry.getValue());
            mailboxes.add(mailbox(entry.getKey(), call));
        }
        return mailboxes;
    }

    static MailboxId mailbox(String id, Call call) throws SetException {
        var number = call.number(IdKind.MAILBOX, id);
        if (number.isEmpty()) {
            throw invalid("mailboxIds", "\"" + id + "\" is no Mailbox id");
        }
        return new MailboxId(number.getAsLong());
    }

    /** Empty when none are given. */
    static Optional<Set<Keyword>> keywords(ObjectNode email) throws SetException {
        var given = email.get("keywords");
        if (given == null || given.isNull()) {
            return Optional.empty();
        }
        if (!given.isObject()) {
            throw invalid("keywords", "an object of keywords, each true");
        }
        var keywords = new HashSet<Keyword>();
        for (var entry : given.properties()) {
            requireTrue("keywords", entry.getValue());
            keywords.add(keyword(entry.getKey()));
        }
        return Optional.of(keywords);
    }

    static Keyword keyword(String name) throws SetException {
        try {
            return new Keyword(name);
        } catch (IllegalArgumentException e) {
            throw invalid("keywords", "\"" + name + "\" is " + e.getMessage());
        }
    }

    /** A UTCDate (RFC 8620 §1.4). */
    static Optional<Instant> received(ObjectNode email) throws SetException {
        var given = email.get("receivedAt");
        if (given == null || given.isNull()) {
            return Optional.empty();
        }
        try {
            if (given.isTextual() && given.textValue().endsWith("Z")) {
                return Optional.of(Instant.ofEpochMilli(
                        Instant.parse(given.textValue()).toEpochMilli())); // as exact as it is stored
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid("receivedAt", "a UTCDate");
        }
        throw invalid("receivedAt", "a UTCDate");
    }

    static void requireTrue(String property, JsonNode value) throws SetException {
        if (!value.isBoolean() || !value.booleanValue()) {
            throw invalid(property, "each value is true");
        }
    }

    static SetException invalid(String property, String why) {
        return new SetException(SetError.invalidProperty(property, why));
    }

    /**
     * A property of an object within the Email; empty where it says nothing.
     *
     * @param property of the Email, which holds the object
     */
    static Optional<String> text(JsonNode object, String name, String property) throws SetException {
        var value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid(property, "\"" + name + "\" must be a string");
        }
        return Optional.of(value.textValue()).filter(text -> !text.isEmpty());
    }
}
