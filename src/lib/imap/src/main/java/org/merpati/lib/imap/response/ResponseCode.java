package org.merpati.lib.imap.response;

import java.util.List;

/** What stands in brackets in a status response (RFC 3501 §7.1, RFC 3516 §4.3, RFC 5530, RFC 7888 §5). */
public sealed interface ResponseCode {
    /** A code without arguments. */
    enum Plain implements ResponseCode {
        AUTHENTICATIONFAILED,
        CLIENTBUG,
        LIMIT,
        NONEXISTENT,
        PRIVACYREQUIRED,
        READ_ONLY,
        READ_WRITE,
        SERVERBUG,
        TOOBIG,
        UIDREQUIRED,
        UNAVAILABLE,
        UNKNOWN_CTE
    }

    record BadCharset(List<String> supported) implements ResponseCode {
        public BadCharset {
            supported = List.copyOf(supported);
        }
    }

    record Capability(List<String> names) implements ResponseCode {
        public Capability {
            names = List.copyOf(names);
        }
    }

    /**
     * How far a long command has come (RFC 9585 §4).
     *
     * @param tag of the command; empty when it can't be told
     * @param done less than {@code goal}
     */
    record InProgress(String tag, long done, long goal) implements ResponseCode {}

    record PermanentFlags(List<String> flags) implements ResponseCode {
        public PermanentFlags {
            flags = List.copyOf(flags);
        }
    }

    record UidNext(long uid) implements ResponseCode {}

    record UidValidity(long validity) implements ResponseCode {}
}
