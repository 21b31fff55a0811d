package org.merpati.lib.mime.field;

import java.util.ArrayList;
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

    /**
     * Reads From, To and the like. Routes (RFC 5322 §4.4) are dropped; what is broken is read as far as it can be, with one
     * mailbox per entry that says anything.
     */
    static List<Address> parse(String body) {
        return new AddressParser(body).parse();
    }

    /** All mailboxes, also those in groups, in their order. */
    static List<Mailbox> mailboxes(List<Address> addresses) {
        var all = new ArrayList<Mailbox>();
        for (var address : addresses) {
            switch (address) {
                case Mailbox mailbox -> all.add(mailbox);
                case Group group -> all.addAll(group.members());
            }
        }
        return all;
    }
}
