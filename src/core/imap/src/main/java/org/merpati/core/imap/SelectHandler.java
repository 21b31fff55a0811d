package org.merpati.core.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.core.store.Mailboxes.Recent;
import org.merpati.core.store.Messages;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.SelectOptions;
import org.merpati.lib.imap.command.SelectOptions.Resync;
import org.merpati.lib.imap.response.MailboxResponse;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.Responses;
import org.merpati.lib.imap.response.StatusKind;

/** SELECT and EXAMINE (RFC 9051 §6.3.2, §6.3.3, RFC 7162 §3.1.8, §3.2.5). */
final class SelectHandler {
    /** @param mailbox null when it could not be opened */
    record Opened(@Nullable SelectedMailbox mailbox, Completion completion) {}

    private record Found(Mailbox mailbox, MailboxIndex index) {}

    private final Conversation conversation;
    private final AccountId account;
    private final Responses out;

    SelectHandler(Conversation conversation) {
        this.conversation = conversation;
        this.account = conversation.account();
        this.out = conversation.out();
    }

    /** Loads everything first and sends afterwards: a failure leaves nothing half said. */
    Opened open(MailboxName name, boolean readOnly, SelectOptions options) throws IOException {
        var found = find(name.text());
        // taken after the mailbox was read: what arrives in between is told of as new
        var recent = found.flatMap(there -> recent(there, readOnly));
        if (found.isEmpty() || recent.isEmpty()) {
            return new Opened(null, Completion.no(Plain.NONEXISTENT, "There is no such mailbox"));
        }
        var opened = new SelectedMailbox(found.get().mailbox.id(), readOnly, found.get().index);
        opened.recent().add(recent.get());
        var gone = options.resync().isPresent()
                ? gone(found.get(), options.resync().get())
                : LongStream.empty();
        describe(found.get(), opened);
        if (conversation.enabled().has(Feature.IMAP4REV2)) {
            out.send(new MailboxResponse.Listed(
                    List.of(), new MailboxName(found.get().mailbox.name())));
        }
        if (options.resync().isPresent()) {
            resynchronize(opened, options.resync().get(), gone, found.get());
        }
        return new Opened(
                opened,
                readOnly
                        ? Completion.ok(Plain.READ_ONLY, "EXAMINE completed")
                        : Completion.ok(Plain.READ_WRITE, "SELECT completed"));
    }

    private void describe(Found found, SelectedMailbox opened) throws IOException {
        var index = found.index;
        opened.keywords().addAll(index.keywords());
        out.send(new Response.Flags(ImapFlags.named(opened.keywords())));
        out.send(new Response.Exists(index.size()));
        if (conversation.enabled().recent()) {
            out.send(new Response.Recent(opened.recent().count(opened.view())));
            int unseen = index.firstUnseen();
            if (unseen >= 0) {
                out.send(untagged(new ResponseCode.Unseen(unseen + 1), "The first unread message"));
            }
        }
        var mailbox = found.mailbox;
        out.send(untagged(
                new ResponseCode.UidValidity(mailbox.uidValidity().value()), "These uids last while this number does"));
        out.send(untagged(
                new ResponseCode.UidNext(
                        Math.max(mailbox.uidNext().value(), opened.view().last() + 1)),
                "The next message's uid, or a lower one"));
        out.send(untagged(
                new ResponseCode.PermanentFlags(opened.readOnly() ? List.of() : ImapFlags.PERMANENT),
                opened.readOnly() ? "No flags can be stored here" : "These flags can be stored, and any keyword"));
        out.send(untagged(new ResponseCode.HighestModSeq(index.modSeq().value()), "The last change in the mailbox"));
        out.send(untagged(
                new ResponseCode.MailboxId(IdKind.MAILBOX.id(mailbox.id().value())), "The mailbox whatever its name"));
    }

    private static Response.Status untagged(ResponseCode code, String text) {
        return Response.Status.untagged(StatusKind.OK, code, text);
    }

    /** The uids that the client knows and that are gone (RFC 7162 §3.2.5.2). */
    private LongStream gone(Found found, Resync resync) {
        var mailbox = found.mailbox;
        if (resync.uidValidity() != mailbox.uidValidity().value()) {
            return LongStream.empty();
        }
        return new Vanished(conversation, mailbox.id(), found.index)
                .since(
                        new ModSeq(resync.modSeq()),
                        resync.known(),
                        mailbox.uidNext().value() - 1);
    }

    private void resynchronize(SelectedMailbox opened, Resync resync, LongStream gone, Found found) throws IOException {
        if (resync.uidValidity() != found.mailbox.uidValidity().value()) {
            return;
        }
        var uids = NumberRange.of(gone);
        if (!uids.isEmpty()) {
            out.send(new Response.Vanished(true, uids));
        }
        var answers = new FlagAnswers(conversation, opened);
        var index = found.index;
        var known = resync.known().map(set -> Chosen.of(set, opened).orElseThrow());
        for (int place : index.changedSince(resync.modSeq())) {
            if (known.isEmpty() || known.get().contains(place)) {
                answers.send(place);
            }
        }
    }

    private Optional<Found> find(String name) {
        return conversation.call(services -> services.get(Mailboxes.class)
                .find(account, name)
                .flatMap(mailbox -> services.get(Messages.class)
                        .index(account, mailbox.id(), MailboxIndex.empty())
                        .map(index -> new Found(mailbox, index))));
    }

    /** EXAMINE takes none: it shows all from the first one up, those too that are yet to come. */
    private Optional<Recent> recent(Found found, boolean readOnly) {
        var mailbox = found.mailbox.id();
        return readOnly
                ? conversation.firstRecent(mailbox).map(first -> new Recent(first, new Uid(Long.MAX_VALUE)))
                : conversation.takeRecent(mailbox, found.index.last() + 1);
    }
}
