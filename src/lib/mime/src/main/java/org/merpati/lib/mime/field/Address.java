package org.merpati.lib.mime.field;

import java.util.List;
import java.util.Optional;

/** One entry of an address list (RFC 5322 §3.4), its words decoded (RFC 2047 §5). */
public sealed interface Address {
    /**
     * A mailbox. A broken one may have only one of the two.
     *
     * @param name the display name, or the comment that old mail put it in
     * @param address as {@code local-part@domain}; not checked, nothing but what stood there
     */
    record Mailbox(Optional<String> name, Optional<String> address) implements Address {}

    /** A named list of mailboxes, which may be empty: {@code undisclosed-recipients:;}. */
    record Group(Optional<String> name, List<Mailbox> members) implements Address {
        public Group {
            members = List.copyOf(members);
        }
    }
}
