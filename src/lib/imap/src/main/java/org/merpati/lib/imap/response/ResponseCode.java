package org.merpati.lib.imap.response;

import java.util.List;

/** What stands in brackets in a status response (RFC 3501 §7.1, RFC 3516 §4.3, RFC 5530, RFC 7888 §5). */
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
        HASCHILDREN,
        LIMIT,
        NONEXISTENT,
        NOPERM,
        OVERQUOTA,
        PRIVACYREQUIRED,
        READ_ONLY,
        READ_WRITE,
        SERVERBUG,
        TOOBIG,
        UNAVAILABLE,
        UNKNOWN_CTE,
        /** RFC 6154 §5.3. */
        USEATTR
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

    /** RFC 8474 §4.1 and §4.2. */
    record MailboxId(String id) implements ResponseCode {}

    record PermanentFlags(List<String> flags) implements ResponseCode {
        public PermanentFlags {
            flags = List.copyOf(flags);
        }
    }

    record UidNext(long uid) implements ResponseCode {}

    record UidValidity(long validity) implements ResponseCode {}
}
