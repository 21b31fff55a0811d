package org.merpati.lib.imap.response;

import java.util.List;
import java.util.Optional;
import org.merpati.lib.imap.NumberRange;

/** One response of the server. */
public sealed interface Response permits Response.Small, Fetched, SearchResponse {
    /** A response that is whole in memory. */
    sealed interface Small extends Response
            permits Status,
                    Continue,
                    Capabilities,
                    Enabled,
                    Flags,
                    Exists,
                    Expunged,
                    Recent,
                    ServerId,
                    Vanished,
                    UidBatches,
                    MailboxResponse {}

    /** @param tag of the command that it answers; empty for an untagged one */
    record Status(Optional<String> tag, StatusKind kind, Optional<ResponseCode> code, String text) implements Small {
        public static Status untagged(StatusKind kind, String text) {
            return new Status(Optional.empty(), kind, Optional.empty(), text);
        }

        public static Status untagged(StatusKind kind, ResponseCode code, String text) {
            return new Status(Optional.empty(), kind, Optional.of(code), text);
        }
    }

    /** {@code + text}: the client may go on. */
    record Continue(String text) implements Small {}

    record Capabilities(List<String> names) implements Small {
        public Capabilities {
            names = List.copyOf(names);
        }
    }

    /** What ENABLE has switched on (RFC 5161 §3.2). */
    record Enabled(List<String> names) implements Small {
        public Enabled {
            names = List.copyOf(names);
        }
    }

    record Flags(List<String> flags) implements Small {
        public Flags {
            flags = List.copyOf(flags);
        }
    }

    record Exists(int messages) implements Small {}

    record Expunged(int sequenceNumber) implements Small {}

    /**
     * RFC 7162 §3.2.10.
     *
     * @param earlier whether they were gone before the client asked
     */
    record Vanished(boolean earlier, List<NumberRange> uids) implements Small {
        public Vanished {
            uids = List.copyOf(uids);
        }
    }

    /**
     * RFC 10022 §3.1.
     *
     * @param tag of the command
     * @param uids the higher end of each batch first
     */
    record UidBatches(String tag, List<NumberRange> uids) implements Small {
        public UidBatches {
            uids = List.copyOf(uids);
        }
    }

    record Recent(int messages) implements Small {}

    /** What the server says of itself (RFC 2971 §3.2). */
    record ServerId(String name) implements Small {}
}
