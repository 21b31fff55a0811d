package org.merpati.core.imap;

import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Message;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.StatusItem;
import org.merpati.lib.imap.command.StatusOf;
import org.merpati.lib.imap.response.MailboxResponse.MailboxStatus;
import org.merpati.lib.imap.response.MailboxResponse.StatusValue;

/** STATUS (RFC 9051 §6.3.11), also as LIST returns it (RFC 5819). Most of it is in the mailbox's counters. */
final class StatusHandler {
    private final Conversation conversation;
    private final AccountId account;

    StatusHandler(Conversation conversation) {
        this.conversation = conversation;
        this.account = conversation.account();
    }

    Completion run(StatusOf command) throws IOException {
        var found = conversation.call(services ->
                services.get(Mailboxes.class).find(account, command.mailbox().text()));
        if (found.isEmpty()) {
            return ImapFailures.noSuchMailbox();
        }
        conversation.out().send(status(command.mailbox(), found.get(), command.items()));
        return Completion.ok("STATUS completed");
    }

    MailboxStatus status(MailboxName name, Mailbox mailbox, Set<StatusItem> items) {
        if (items.contains(StatusItem.HIGHESTMODSEQ)) {
            conversation.enabled().add(EnumSet.of(Feature.CONDSTORE)); // RFC 7162 §3.1
        }
        var values = new LinkedHashMap<StatusItem, StatusValue>();
        new TreeSet<>(items).forEach(item -> values.put(item, value(item, mailbox)));
        return new MailboxStatus(name, values);
    }

    private StatusValue value(StatusItem item, Mailbox mailbox) {
        return switch (item) {
            case MESSAGES -> new StatusValue.Count(mailbox.messages());
            case RECENT -> new StatusValue.Count(recent(mailbox));
            case UIDNEXT -> new StatusValue.Count(mailbox.uidNext().value());
            case UIDVALIDITY -> new StatusValue.Count(mailbox.uidValidity().value());
            case UNSEEN -> new StatusValue.Count(mailbox.unseen());
            case DELETED -> new StatusValue.Count(mailbox.deleted());
            case SIZE -> new StatusValue.Count(mailbox.size());
            case HIGHESTMODSEQ -> new StatusValue.Count(mailbox.modSeq().value());
            case MAILBOXID ->
                new StatusValue.ObjectId(IdKind.MAILBOX.id(mailbox.id().value()));
            case APPENDLIMIT ->
                new StatusValue.Count(conversation
                        .surroundings()
                        .config()
                        .get(Settings.SMTP_MAX_MESSAGE)
                        .octets());
            case DELETED_STORAGE -> new StatusValue.Count(mailbox.deleted() == 0 ? 0 : deletedStorage(mailbox));
        };
    }

    /** Counts, and claims nothing: STATUS must not change what is recent (RFC 3501 §6.3.10). */
    private long recent(Mailbox mailbox) {
        var first = conversation.firstRecent(mailbox.id());
        if (first.isEmpty()) {
            return 0;
        }
        long count = 0;
        var after = new Uid(first.get().value() - 1);
        for (var page = uids(mailbox, after); !page.isEmpty(); page = uids(mailbox, page.getLast())) {
            count += page.stream()
                    .filter(uid -> uid.compareTo(mailbox.uidNext()) < 0)
                    .count();
        }
        return count;
    }

    private List<Uid> uids(Mailbox mailbox, Uid after) {
        return after.value() + 1 >= mailbox.uidNext().value()
                ? List.of()
                : conversation.call(services -> services.get(Messages.class).uids(account, mailbox.id(), after));
    }

    /** What an EXPUNGE would make free (RFC 9208 §4.1.4): from the index where there is one, else from the rows. */
    private long deletedStorage(Mailbox mailbox) {
        var index = conversation.call(services -> services.get(Messages.class).index(account, mailbox.id()));
        long octets = 0;
        if (index.isPresent()) {
            for (int place = 0; place < index.get().size(); place++) {
                octets += index.get().deleted(place) ? index.get().size(place) : 0;
            }
            return octets;
        }
        var after = new Uid(0);
        for (var page = page(mailbox, after); !page.isEmpty(); page = page(mailbox, after)) {
            octets += page.stream()
                    .filter(Message::deleted)
                    .mapToLong(Message::size)
                    .sum();
            after = page.getLast().uid();
        }
        return octets;
    }

    private List<Message> page(Mailbox mailbox, Uid after) {
        return conversation.call(
                services -> services.get(Messages.class).page(account, mailbox.id(), after, new Uid(Long.MAX_VALUE)));
    }
}
