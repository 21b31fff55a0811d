package org.merpati.core.imap;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.core.store.Messages;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.ListMailboxes;
import org.merpati.lib.imap.command.MailboxCommand;
import org.merpati.lib.imap.command.StatusItem;
import org.merpati.lib.imap.command.StatusOf;
import org.merpati.lib.imap.response.MailboxResponse;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.Responses;

/** What needs no selected mailbox: LIST and STATUS (RFC 3501 §6.3.8, §6.3.10). */
final class MailboxesHandler {
    private final Conversation conversation;
    private final AccountId account;
    private final Responses out;

    MailboxesHandler(Conversation conversation) {
        this.conversation = conversation;
        this.account = conversation.account();
        this.out = conversation.out();
    }

    Completion run(MailboxCommand command) throws IOException {
        return switch (command) {
            case ListMailboxes list -> list(list);
            case StatusOf status -> status(status);
        };
    }

    private Completion list(ListMailboxes command) throws IOException {
        if (command.pattern().isEmpty()) {
            out.send(new MailboxResponse.Root());
            return Completion.ok("LIST completed");
        }
        var pattern = new MailboxPattern(command.reference(), command.pattern());
        var all = conversation.call(services -> services.get(Mailboxes.class).list(account)).stream()
                .map(Mailbox::name)
                .toList();
        var parents = new TreeSet<String>();
        for (var name : all) {
            parents.addAll(pattern.matchingParents(name));
            if (pattern.matches(name)) {
                out.send(new MailboxResponse.Listed(List.of(), new MailboxName(name)));
            }
        }
        all.forEach(parents::remove);
        for (var parent : parents) {
            out.send(new MailboxResponse.Listed(List.of("\\Noselect"), new MailboxName(parent)));
        }
        return Completion.ok("LIST completed");
    }

    private Completion status(StatusOf command) throws IOException {
        var found = conversation.call(services ->
                services.get(Mailboxes.class).find(account, command.mailbox().text()));
        if (found.isEmpty()) {
            return Completion.no(Plain.NONEXISTENT, "There is no such mailbox");
        }
        var mailbox = found.get();
        Map<StatusItem, Long> values = new TreeMap<>();
        for (var item : command.items()) {
            values.put(
                    item,
                    switch (item) {
                        case MESSAGES -> mailbox.messages();
                        case UIDNEXT -> mailbox.uidNext().value();
                        case UIDVALIDITY -> mailbox.uidValidity().value();
                        case UNSEEN -> mailbox.unseen();
                        case RECENT -> recent(mailbox);
                    });
        }
        out.send(new MailboxResponse.MailboxStatus(command.mailbox(), values));
        return Completion.ok("STATUS completed");
    }

    /** Counts, and claims nothing: STATUS must not change what is recent (RFC 3501 §6.3.10). */
    private long recent(Mailbox mailbox) {
        var first = conversation.call(services -> services.get(Mailboxes.class).firstRecent(account, mailbox.id()));
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
}
