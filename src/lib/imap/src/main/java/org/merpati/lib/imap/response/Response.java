package org.merpati.lib.imap.response;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.StatusItem;

/** One response of the server. */
public sealed interface Response permits Response.Small, Fetched, SearchResult {
    /** A response that is whole in memory. */
    sealed interface Small extends Response {}

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

    /** A line of LIST. */
    record Listed(List<String> attributes, MailboxName mailbox) implements Small {
        public Listed {
            attributes = List.copyOf(attributes);
        }
    }

    /** The answer to {@code LIST "" ""}: the hierarchy's separator and its root. */
    record Root() implements Small {}

    record MailboxStatus(MailboxName mailbox, Map<StatusItem, Long> values) implements Small {}

    record Flags(List<String> flags) implements Small {
        public Flags {
            flags = List.copyOf(flags);
        }
    }

    record Exists(int messages) implements Small {}

    record Recent(int messages) implements Small {}
}
