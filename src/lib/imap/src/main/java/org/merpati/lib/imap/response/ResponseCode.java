package org.merpati.lib.imap.response;

import java.util.List;
import java.util.OptionalLong;
import org.merpati.lib.imap.NumberRange;

/** What stands in brackets in a status response (RFC 3501 §7.1, RFC 3516 §4.3, RFC 4315 §3, RFC 4469 §4, RFC 5530, RFC 7888 §5). */
public sealed interface ResponseCode {
    /** A code without arguments. */
    enum Plain implements ResponseCode {
        ALREADYEXISTS,
        AUTHENTICATIONFAILED,
        CANNOT,
        CLIENTBUG,
        CLOSED,
        /** RFC 4978 §3. */
        COMPRESSIONACTIVE,
        EXPUNGEISSUED,
        HASCHILDREN,
        LIMIT,
        NONEXISTENT,
        NOPERM,
        /** RFC 5465 §5.8. */
        NOTIFICATIONOVERFLOW,
        OVERQUOTA,
        PRIVACYREQUIRED,
        READ_ONLY,
        READ_WRITE,
        SERVERBUG,
        TOOBIG,
        /** RFC 10022 §3.1. */
        TOOFEW,
        TRYCREATE,
        UIDREQUIRED,
        UNAVAILABLE,
        UNKNOWN_CTE,
        /** RFC 6154 §5.3. */
        USEATTR
    }

    /** RFC 4315 §3. In the order of the messages. */
    record AppendUid(long uidValidity, List<NumberRange> uids) implements ResponseCode {
        public AppendUid {
            uids = List.copyOf(uids);
        }
    }

    /** Which events NOTIFY knows, as it was asked for another (RFC 5465 §3.1). */
    record BadEvent(List<String> supported) implements ResponseCode {
        public BadEvent {
            supported = List.copyOf(supported);
        }
    }

    record BadCharset(List<String> supported) implements ResponseCode {
        public BadCharset {
            supported = List.copyOf(supported);
        }
    }

    /** A URL of which there is no message (RFC 4469 §4.1), as it was sent. */
    record BadUrl(String url) implements ResponseCode {}

    record Capability(List<String> names) implements ResponseCode {
        public Capability {
            names = List.copyOf(names);
        }
    }

    /** RFC 4315 §3. Both lists in the same order. */
    record CopyUid(long uidValidity, List<NumberRange> from, List<NumberRange> to) implements ResponseCode {
        public CopyUid {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /** RFC 7162 §3.1.2.1. */
    record HighestModSeq(long modSeq) implements ResponseCode {}

    /**
     * There were more messages than one command may be about (RFC 9738 §3.1).
     *
     * @param lowest the uid of the last of them, counted from the highest; empty when none was
     */
    record MessageLimit(int most, OptionalLong lowest) implements ResponseCode {}

    /** RFC 7162 §3.1.3: messages that a STORE left alone. */
    record Modified(List<NumberRange> messages) implements ResponseCode {
        public Modified {
            messages = List.copyOf(messages);
        }
    }

    /** The first message without {@code \\Seen} (RFC 3501 §7.1). */
    record Unseen(int sequenceNumber) implements ResponseCode {}
    /** RFC 8474 §4.1 and §4.2. */
    record MailboxId(String id) implements ResponseCode {}
    /**
     * How far a long command has come (RFC 9585 §4).
     *
     * @param tag of the command; empty when it can't be told
     * @param done less than {@code goal}
     */
    record InProgress(String tag, long done, long goal) implements ResponseCode {}

    /** The octets of the largest value that was asked for and not sent (RFC 5464 §4.2.1). */
    record MetadataLongEntries(long octets) implements ResponseCode {}

    /** The octets that a value may have (RFC 5464 §4.3). */
    record MetadataMaxSize(long octets) implements ResponseCode {}

    /** RFC 5464 §4.3. */
    record MetadataTooMany() implements ResponseCode {}

    /** The results of that search are not kept up to date (RFC 5267 §4.3.1). */
    record NoUpdate(String tag) implements ResponseCode {}

    record PermanentFlags(List<String> flags) implements ResponseCode {
        public PermanentFlags {
            flags = List.copyOf(flags);
        }
    }

    record UidNext(long uid) implements ResponseCode {}

    record UidValidity(long validity) implements ResponseCode {}
}
