package org.merpati.core.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.core.store.Messages;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.Responses;
import org.merpati.lib.imap.response.StatusKind;

/** SELECT and EXAMINE (RFC 3501 §6.3.1, §6.3.2). */
final class SelectHandler {
    /** @param mailbox null when it could not be opened */
    record Opened(@Nullable SelectedMailbox mailbox, Completion completion) {}

    private record Found(Mailbox mailbox, Uid firstRecent, Uid recentEnd) {}

    private final Surroundings surroundings;
    private final AccountId account;
    private final Responses out;

    SelectHandler(Conversation conversation) {
        this.surroundings = conversation.surroundings();
        this.account = conversation.account();
        this.out = conversation.out();
    }

    /** Loads everything first and sends afterwards: a failure leaves nothing half said. */
    Opened open(MailboxName name, boolean readOnly) throws IOException {
        var found = surroundings.call(services -> find(services.get(Mailboxes.class), name, readOnly));
        if (found.isEmpty()) {
            return new Opened(null, Completion.no(Plain.NONEXISTENT, "There is no such mailbox"));
        }
        var mailbox = found.get().mailbox;
        var selected = new SelectedMailbox(mailbox.id(), readOnly, mailbox.modSeq());
        selected.recent()
                .add(found.get().firstRecent.value(), found.get().recentEnd.value());
        load(selected, mailbox.uidNext());

        int messages = selected.uids().size();
        out.send(new Response.Flags(ImapFlags.SYSTEM));
        out.send(new Response.Exists(messages));
        out.send(new Response.Recent(selected.recent().count(selected.uids())));
        out.send(untagged(
                new ResponseCode.UidValidity(mailbox.uidValidity().value()), "These uids last while this number does"));
        out.send(untagged(
                new ResponseCode.UidNext(mailbox.uidNext().value()), "The next message's uid, or a lower one"));
        out.send(untagged(new ResponseCode.PermanentFlags(List.of()), "Flags can't be stored yet"));
        return new Opened(
                selected,
                readOnly
                        ? Completion.ok(Plain.READ_ONLY, "EXAMINE completed")
                        : Completion.ok(Plain.READ_WRITE, "SELECT completed"));
    }

    private static Response.Status untagged(ResponseCode code, String text) {
        return Response.Status.untagged(StatusKind.OK, code, text);
    }

    /** The mailbox is read before its recent messages are claimed: what arrives in between is told of as new. */
    private Optional<Found> find(Mailboxes mailboxes, MailboxName name, boolean readOnly) {
        return mailboxes.find(account, name.text()).flatMap(mailbox -> {
            if (readOnly) {
                return mailboxes
                        .firstRecent(account, mailbox.id())
                        .map(first -> new Found(mailbox, first, new Uid(Long.MAX_VALUE)));
            }
            return mailboxes
                    .claimRecent(account, mailbox.id())
                    .flatMap(first ->
                            mailboxes.find(account, mailbox.id()).map(now -> new Found(mailbox, first, now.uidNext())));
        });
    }

    private void load(SelectedMailbox selected, Uid end) {
        var after = new Uid(0);
        while (after.value() + 1 < end.value()) {
            var last = after;
            var page =
                    surroundings.call(services -> services.get(Messages.class).uids(account, selected.id(), last));
            if (page.isEmpty()) {
                return;
            }
            page.stream()
                    .filter(uid -> uid.compareTo(end) < 0)
                    .forEach(uid -> selected.uids().add(uid.value()));
            after = page.getLast();
        }
    }
}
