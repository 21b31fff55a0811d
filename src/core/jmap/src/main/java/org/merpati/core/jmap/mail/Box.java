package org.merpati.core.jmap.mail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.store.Mailboxes.Mailbox;

/** A Mailbox as JMAP has it (RFC 8621 §2): by its name below its parent, where the store has whole paths. */
record Box(Mailbox mailbox, Optional<MailboxId> parent, MailboxCounts.Counts counts) {
    static List<Box> of(List<Mailbox> mailboxes, Map<MailboxId, MailboxCounts.Counts> counts) {
        var ids = new HashMap<String, MailboxId>();
        mailboxes.forEach(mailbox -> ids.put(mailbox.name(), mailbox.id()));
        var boxes = new ArrayList<Box>();
        for (var mailbox : mailboxes) {
            int slash = mailbox.name().lastIndexOf('/');
            var parent = slash < 0
                    ? Optional.<MailboxId>empty()
                    : Optional.ofNullable(ids.get(mailbox.name().substring(0, slash)));
            boxes.add(new Box(mailbox, parent, counts.getOrDefault(mailbox.id(), MailboxCounts.Counts.NONE)));
        }
        return boxes;
    }

    MailboxId number() {
        return mailbox.id();
    }

    String id() {
        return IdKind.MAILBOX.id(mailbox.id().value());
    }

    /** Below its parent. */
    String name() {
        return mailbox.name().substring(mailbox.name().lastIndexOf('/') + 1);
    }

    Optional<String> role() {
        return mailbox.role().isEmpty() ? Optional.empty() : Optional.of(mailbox.role());
    }

    boolean isInbox() {
        return mailbox.role().equals("inbox") && parent.isEmpty();
    }

    /** Those that clients without {@code \Deleted} see. */
    long emails() {
        return mailbox.messages() - mailbox.deleted();
    }

    /** How many are above it. */
    int depth() {
        return (int) mailbox.name().chars().filter(c -> c == '/').count();
    }
}
