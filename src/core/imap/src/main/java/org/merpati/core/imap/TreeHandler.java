package org.merpati.core.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Creation;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.core.store.Mailboxes.Update;
import org.merpati.core.store.Messages;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.Create;
import org.merpati.lib.imap.command.Delete;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.Rename;
import org.merpati.lib.imap.command.Subscribe;
import org.merpati.lib.imap.response.MailboxResponse;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;

/** CREATE, DELETE, RENAME, SUBSCRIBE and UNSUBSCRIBE (RFC 9051 §6.3.4 to §6.3.8). */
final class TreeHandler {
    private final Conversation conversation;
    private final AccountId account;

    TreeHandler(Conversation conversation) {
        this.conversation = conversation;
        this.account = conversation.account();
    }

    Completion create(Create command) throws IOException {
        var role = SpecialUse.role(command.uses());
        if (role.isEmpty()) {
            return Completion.no(Plain.USEATTR, "No mailbox here can have that use");
        }
        var name = command.mailbox().text();
        var made = conversation.call(
                services -> services.get(Mailboxes.class).create(account, new Creation(name, role.get(), 0, false)));
        return switch (made) {
            case Attempt.Refused<Mailbox>(var why) -> ImapFailures.completion(why);
            case Attempt.Made<Mailbox>(var mailbox) -> {
                tellOfOtherName(List.of(), mailbox.name(), command.mailbox(), command.mailbox());
                yield Completion.ok(
                        new ResponseCode.MailboxId(
                                IdKind.MAILBOX.id(mailbox.id().value())),
                        "CREATE completed");
            }
        };
    }

    /** In parts, as the store has it; a failure in between leaves the mailbox with fewer messages. */
    Completion delete(Delete command) throws IOException {
        var found = find(command.mailbox());
        if (found.isEmpty()) {
            return ImapFailures.noSuchMailbox();
        }
        var mailbox = found.get();
        while (true) {
            var part =
                    conversation.call(services -> services.get(Mailboxes.class).remove(account, mailbox.id(), true));
            switch (part) {
                case Attempt.Refused<Boolean>(var why) -> {
                    return ImapFailures.completion(why);
                }
                case Attempt.Made<Boolean>(var whole) -> {
                    if (whole) {
                        tellOfOtherName(List.of("\\NonExistent"), mailbox.name(), command.mailbox(), command.mailbox());
                        return Completion.ok("DELETE completed");
                    }
                }
            }
        }
    }

    Completion rename(Rename command) throws IOException {
        var found = find(command.from());
        if (found.isEmpty()) {
            return ImapFailures.noSuchMailbox();
        }
        var from = found.get();
        if (from.name().equals(MailboxName.INBOX.text())) {
            return renameInbox(from, command);
        }
        var update = Update.renaming(command.to().text());
        var renamed =
                conversation.call(services -> services.get(Mailboxes.class).update(account, from.id(), update));
        return switch (renamed) {
            case Attempt.Refused<Mailbox>(var why) -> ImapFailures.completion(why);
            case Attempt.Made<Mailbox>(var mailbox) -> {
                renamed(mailbox, from, command);
                yield Completion.ok("RENAME completed");
            }
        };
    }

    /** INBOX stays and gives its messages to the new mailbox, those of now and in parts (RFC 9051 §6.3.6). */
    private Completion renameInbox(Mailbox inbox, Rename command) throws IOException {
        var made = conversation.call(services -> services.get(Mailboxes.class)
                .create(account, Creation.named(command.to().text())));
        return switch (made) {
            case Attempt.Refused<Mailbox>(var why) -> ImapFailures.completion(why);
            case Attempt.Made<Mailbox>(var target) -> {
                renamed(target, inbox, command);
                yield move(inbox, target.id());
            }
        };
    }

    private Completion move(Mailbox inbox, MailboxId target) {
        var after = new Uid(0);
        while (true) {
            var last = after;
            var page =
                    conversation.call(services -> services.get(Messages.class).uids(account, inbox.id(), last)).stream()
                            .filter(uid -> uid.compareTo(inbox.uidNext()) < 0)
                            .toList();
            if (page.isEmpty()) {
                return Completion.ok("RENAME completed: INBOX is empty");
            }
            for (int from = 0; from < page.size(); from += Messages.BULK) {
                var part = page.subList(from, Math.min(page.size(), from + Messages.BULK));
                var moved = conversation.call(
                        services -> services.get(Messages.class).move(account, inbox.id(), part, target));
                if (moved instanceof Attempt.Refused<Messages.Copied>(var why)) {
                    return ImapFailures.completion(why);
                }
            }
            after = page.getLast();
        }
    }

    Completion subscribe(Subscribe command) {
        var name = command.mailbox();
        if (!command.subscribed()) {
            conversation.call(services -> services.get(Mailboxes.class).unsubscribe(account, name.text()));
            return Completion.ok("UNSUBSCRIBE completed"); // also where nothing was (RFC 9051 §6.3.8)
        }
        var found = find(name);
        if (found.isEmpty()) {
            return ImapFailures.noSuchMailbox();
        }
        var update = conversation.call(services ->
                services.get(Mailboxes.class).update(account, found.get().id(), Update.subscribing(true)));
        return switch (update) {
            case Attempt.Refused<Mailbox>(var why) -> ImapFailures.completion(why);
            case Attempt.Made<Mailbox> done -> Completion.ok("SUBSCRIBE completed");
        };
    }

    private Optional<Mailbox> find(MailboxName name) {
        return conversation.call(services -> services.get(Mailboxes.class).find(account, name.text()));
    }

    private void renamed(Mailbox now, Mailbox before, Rename command) throws IOException {
        if (!command.from().text().equals(before.name())) {
            tellOfOtherName(attributes(now), now.name(), command.from(), command.from());
        } else {
            tellOfOtherName(attributes(now), now.name(), command.to(), command.from());
        }
    }

    private static List<String> attributes(Mailbox mailbox) {
        return mailbox.subscribed() ? List.of("\\Subscribed") : List.of();
    }

    /** Where the store has another form of the name than the client gave (RFC 9051 §6.3.9.7). */
    private void tellOfOtherName(List<String> attributes, String now, MailboxName given, MailboxName old)
            throws IOException {
        var text = given.text();
        var level = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (conversation.enabled().has(Feature.IMAP4REV2) && !level.equals(now)) {
            conversation
                    .out()
                    .send(new MailboxResponse.Listed(attributes, new MailboxName(now), List.of(), Optional.of(old)));
        }
    }
}
