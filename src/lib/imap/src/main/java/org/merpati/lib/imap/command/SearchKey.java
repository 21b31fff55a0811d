package org.merpati.lib.imap.command;

import java.time.LocalDate;
import java.util.List;
import org.merpati.lib.imap.MessageSet;

/**
 * A search as a tree (RFC 9051 §6.4.4, search-key). What can be said by other keys is: NEW, OLD, the keys that begin with UN,
 * UIDAFTER and UIDBEFORE (RFC 9738 §3.2). Text is decoded from the search's charset.
 */
public sealed interface SearchKey {
    record All() implements SearchKey {}

    /** All of them hold. */
    record And(List<SearchKey> keys) implements SearchKey {
        public And {
            keys = List.copyOf(keys);
        }
    }

    /** One of them holds. */
    record Or(List<SearchKey> keys) implements SearchKey {
        public Or {
            keys = List.copyOf(keys);
        }
    }

    record Not(SearchKey key) implements SearchKey {}

    /** Sequence numbers, uids or {@code $}. Numbers that no message has are no error (RFC 7377 §2). */
    record Numbers(MessageSet messages) implements SearchKey {}

    enum Flag implements SearchKey {
        ANSWERED,
        DELETED,
        DRAFT,
        FLAGGED,
        RECENT,
        SEEN
    }

    /** A keyword by its name, without regard to case. */
    record Keyword(String name) implements SearchKey {}

    /** Which date of a message. */
    enum Which {
        /** INTERNALDATE. */
        RECEIVED,
        /** That of its Date field. */
        SENT,
        /** When it came into this mailbox (RFC 8514 §4.3). */
        SAVED
    }

    enum Order {
        BEFORE,
        ON,
        SINCE
    }

    /** Without regard to the time of the day and its zone. */
    record Dated(Which which, Order order, LocalDate date) implements SearchKey {}

    /** Whether the mailbox keeps the dates of saving (RFC 8514 §4.3). */
    record SaveDateSupported() implements SearchKey {}

    /** Received longer ago than that many seconds, or not (RFC 5032 §2). */
    record Within(boolean older, long seconds) implements SearchKey {}

    record Larger(long octets) implements SearchKey {}

    record Smaller(long octets) implements SearchKey {}

    /** Changed at that modseq or since; flags have no modseqs of their own, so that an entry makes no difference (RFC 7162 §3.1.5). */
    record ModSeq(long since) implements SearchKey {}

    /** RFC 8474 §5.2. */
    record EmailId(String id) implements SearchKey {}

    /** RFC 8474 §5.2. */
    record ThreadId(String id) implements SearchKey {}

    /** The addresses of the envelope's field of that name contain the text: BCC, CC, FROM, TO. */
    record Addresses(String name, String text) implements SearchKey {}

    /** A field of that name contains the text: HEADER and SUBJECT. */
    record Field(String name, String text) implements SearchKey {}

    /** The body contains the text. */
    record Body(String text) implements SearchKey {}

    /** The message contains the text, headers and all. */
    record Text(String text) implements SearchKey {}
}
