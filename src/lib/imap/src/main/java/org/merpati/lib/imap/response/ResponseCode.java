package org.merpati.lib.imap.response;

import java.util.List;
import org.merpati.lib.imap.NumberRange;

/** What stands in brackets in a status response (RFC 3501 §7.1, RFC 3516 §4.3, RFC 4315 §3, RFC 4469 §4, RFC 5530, RFC 7888 §5). */
public sealed interface ResponseCode {
    /** A code without arguments. */
    enum Plain implements ResponseCode {
        AUTHENTICATIONFAILED,
        CLIENTBUG,
        LIMIT,
        NONEXISTENT,
        OVERQUOTA,
        PRIVACYREQUIRED,
        READ_ONLY,
        READ_WRITE,
        SERVERBUG,
        TOOBIG,
        TRYCREATE,
        UNAVAILABLE,
        UNKNOWN_CTE
    }

    /**
     * The uids that appended messages got, in their order (RFC 4315 §3).
     *
     * @param uids one number for one message
     */
    record AppendUid(long validity, List<NumberRange> uids) implements ResponseCode {
        public AppendUid {
            uids = List.copyOf(uids);
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

    record PermanentFlags(List<String> flags) implements ResponseCode {
        public PermanentFlags {
            flags = List.copyOf(flags);
        }
    }

    record UidNext(long uid) implements ResponseCode {}

    record UidValidity(long validity) implements ResponseCode {}
}
