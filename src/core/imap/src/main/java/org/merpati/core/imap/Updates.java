package org.merpati.core.imap;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.merpati.core.store.Messages;
import org.merpati.core.store.index.IndexChanges;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.StatusKind;

/** Tells a client what has changed in its mailbox since it was last told, and makes the session's view follow. */
final class Updates {
    /** What became of it. */
    enum Result {
        /** The client knows everything. */
        TOLD,
        /** Messages are gone that may not be spoken of now; what else they keep waiting waits with them. */
        SOME_WAIT,
        /** Somebody has removed the mailbox. */
        MAILBOX_GONE
    }

    private final Conversation conversation;
    private final SelectedMailbox mailbox;
    private final FlagAnswers flags;

    Updates(Conversation conversation, SelectedMailbox mailbox) {
        this.conversation = conversation;
        this.mailbox = mailbox;
        this.flags = new FlagAnswers(conversation, mailbox);
    }

    /** Looks at the mailbox as it is now, telling nothing. False when it is gone. */
    boolean look() {
        var now = conversation.call(
                services -> services.get(Messages.class).index(conversation.account(), mailbox.id(), mailbox.latest()));
        now.ifPresent(mailbox::latest);
        return now.isPresent();
    }

    /**
     * Sends EXPUNGE or VANISHED, then EXISTS and RECENT when there are new messages, then FETCH with the flags of those that
     * changed (RFC 9051 §5.2, §7). When the door fails the view is as before, and the next call begins anew.
     *
     * @param mayExpunge whether sequence numbers may change now
     * @param events what the client wants to hear of; of the rest it hears nothing, and sees nothing
     */
    Result send(boolean mayExpunge, SelectedEvents events) throws IOException {
        if (!look()) {
            return Result.MAILBOX_GONE;
        }
        if (!events.messages()) {
            return Result.TOLD;
        }
        var latest = mailbox.latest();
        var changes = IndexChanges.between(mailbox.view(), latest);
        // a client may have been told of other messages than it has been told flags of
        var changed = mailbox.told() == mailbox.view() ? changes : IndexChanges.between(mailbox.told(), latest);
        boolean waits = changes.gone().length > 0 && !mayExpunge;
        boolean waited = mailbox.told() != mailbox.view();
        if (!waits && changes.added().length > 0 && conversation.enabled().recent()) {
            claimRecent(); // the door may fail: nothing is said before
        }
        mailbox.contexts().sendGone(conversation, changes.gone());
        if (!waits) {
            sendGone(mailbox.view(), changes.gone());
            mailbox.show();
            mailbox.contexts().close(changes.gone());
            if (changes.added().length > 0) {
                conversation.out().send(new Response.Exists(latest.size()));
                if (conversation.enabled().recent()) {
                    conversation.out().send(new Response.Recent(mailbox.recent().count(mailbox.view())));
                }
            }
        }
        if (events.flags()) {
            sendFlags(latest, changed.changed());
        }
        var added = waits ? new int[0] : changes.added();
        if (mailbox.contexts().any()) {
            mailbox.contexts().judge(conversation, places(changed.changed(), added));
        }
        sendNew(events.items(), added);
        if (events.flags() && (waits || waited)) {
            sendLast();
        }
        return waits ? Result.SOME_WAIT : Result.TOLD;
    }

    /**
     * Else the client would keep the greatest modseq that it has seen, and never hear of what waits if the connection broke
     * now (RFC 7162 §3.2, §6); nor know that it has heard of it.
     */
    private void sendLast() throws IOException {
        if (conversation.enabled().has(Feature.QRESYNC)) {
            conversation
                    .out()
                    .send(Response.Status.untagged(
                            StatusKind.OK, mailbox.highestModSeq(), "The last change that you know all of"));
        }
    }

    private void sendFlags(MailboxIndex latest, int[] changed) throws IOException {
        flags.announce(latest.keywords());
        for (int place : changed) {
            if (!mailbox.knows(latest.modSeq(place))) {
                flags.send(place);
            }
        }
        mailbox.tell();
    }

    /** Places in the view of what may be found by a search now, or no more. */
    private BitSet places(int[] changed, int[] added) {
        var places = new BitSet();
        for (int place : changed) {
            int known = mailbox.view().find(mailbox.latest().uid(place));
            if (known >= 0) {
                places.set(known);
            }
        }
        IntStream.of(added).forEach(places::set);
        return places;
    }

    /**
     * What the client has asked for of new messages, but for those that it has brought itself (RFC 5465 §5.2): first of those
     * that a search has found for which it has asked that too (§7), then what changes in searches, then of the others.
     */
    private void sendNew(List<FetchItem> items, int[] added) throws IOException {
        var own = added.length == 0 ? Set.<Long>of() : mailbox.takeBrought();
        if (items.isEmpty() && !mailbox.contexts().any()) {
            return;
        }
        var rest = IntStream.builder();
        for (int place : added) {
            if (!own.contains(mailbox.view().uid(place))) {
                var found = mailbox.contexts().items(place);
                if (found.isEmpty()) {
                    rest.add(place);
                } else {
                    var all = Stream.concat(items.stream(), found.stream()).distinct();
                    new FetchHandler(conversation, mailbox).sendNew(all.toList(), new int[] {place});
                }
            }
        }
        mailbox.contexts().send(conversation);
        if (!items.isEmpty()) {
            new FetchHandler(conversation, mailbox).sendNew(items, rest.build().toArray());
        }
    }

    private void sendGone(MailboxIndex view, int[] places) throws IOException {
        if (places.length == 0) {
            return;
        }
        if (conversation.enabled().has(Feature.QRESYNC)
                || conversation.enabled().has(Feature.UIDONLY)) {
            var uids = NumberRange.of(IntStream.of(places).mapToLong(view::uid));
            conversation.out().send(new Response.Vanished(false, uids));
            return;
        }
        for (int i = places.length - 1; i >= 0; i--) { // from the end, so that the numbers before it stay
            conversation.out().send(new Response.Expunged(places[i] + 1));
        }
    }

    /** What arrives while a mailbox is selected is recent here, and in no later session. */
    private void claimRecent() {
        if (!mailbox.readOnly()) { // EXAMINE has taken all from the first recent one up
            conversation.takeRecent(mailbox.id(), mailbox.latest().last() + 1).ifPresent(mailbox.recent()::add);
        }
    }
}
