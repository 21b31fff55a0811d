package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Message;
import org.merpati.lib.imap.response.FetchValue;
import org.merpati.lib.imap.response.Fetched;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.Responses;

/** Tells a client what has changed in its mailbox since it was last told, and makes the session's view follow. */
final class Updates {
    private final Surroundings surroundings;
    private final AccountId account;
    private final SelectedMailbox mailbox;
    private final Responses out;

    Updates(Conversation conversation, SelectedMailbox mailbox) {
        this.surroundings = conversation.surroundings();
        this.account = conversation.account();
        this.mailbox = mailbox;
        this.out = conversation.out();
    }

    /**
     * Sends FETCH with the flags of changed messages, and EXISTS and RECENT when there are new ones (RFC 3501 §5.2). When
     * the door fails midway the view is as before, and the next call begins anew.
     */
    void send() throws IOException {
        long lastKnown = mailbox.uids().last();
        var added = new ArrayList<Long>();
        var since = mailbox.known();
        // up to an empty page: one may be short because it ends between two changes
        for (var page = changed(since); !page.isEmpty(); page = changed(since)) {
            for (var message : page) {
                if (message.uid().value() > lastKnown) {
                    added.add(message.uid().value());
                } else {
                    sendFlags(message);
                }
            }
            since = page.getLast().modSeq();
        }
        if (!added.isEmpty()) {
            sendNew(added);
        }
        mailbox.know(since);
    }

    private List<Message> changed(ModSeq since) {
        return surroundings.call(services -> services.get(Messages.class).changed(account, mailbox.id(), since));
    }

    private void sendFlags(Message message) throws IOException {
        int index = mailbox.uids().indexOf(message.uid().value());
        if (index < 0 || mailbox.isOwn(message.modSeq())) {
            return;
        }
        var flags =
                ImapFlags.of(message, mailbox.recent().contains(message.uid().value()));
        out.send(new Fetched(
                index + 1, List.of(new FetchValue.UidValue(message.uid().value()), new FetchValue.FlagsValue(flags))));
    }

    private void sendNew(List<Long> added) throws IOException {
        claimRecent();
        added.stream().sorted().distinct().forEach(mailbox.uids()::add);
        out.send(new Response.Exists(mailbox.uids().size()));
        out.send(new Response.Recent(mailbox.recent().count(mailbox.uids())));
    }

    /** What arrives while a mailbox is selected is recent here, and in no later session. */
    private void claimRecent() {
        if (mailbox.readOnly()) {
            return; // EXAMINE has taken all from the first recent one up
        }
        surroundings
                .call(services -> {
                    var mailboxes = services.get(Mailboxes.class);
                    var first = mailboxes.claimRecent(account, mailbox.id());
                    return first.flatMap(from -> mailboxes
                            .find(account, mailbox.id())
                            .map(now -> new long[] {from.value(), now.uidNext().value()}));
                })
                .ifPresent(range -> mailbox.recent().add(range[0], range[1]));
    }
}
