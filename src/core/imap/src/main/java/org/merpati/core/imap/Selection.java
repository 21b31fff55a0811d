package org.merpati.core.imap;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.watch.Watch;
import org.merpati.core.store.Mailboxes;
import org.merpati.lib.imap.Input;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.SelectOptions;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.StatusKind;

/** Which mailbox a session has selected, and how its client hears of news there: before a reply, and while it idles. */
final class Selection implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Selection.class.getName());

    private final Dialogue dialogue;
    private final Connection connection;
    private final NewsFlag news;
    private final IdleConversation idle;
    private @Nullable Watch watch;

    Selection(Dialogue dialogue) {
        this.dialogue = dialogue;
        this.connection = dialogue.connection();
        this.news = new NewsFlag(connection, this::tellIdling);
        this.idle = new IdleConversation(connection, news, new ReentrantLock());
    }

    /** Nobody is to be told anything any more. */
    @Override
    public void close() {
        idle.end();
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    /** A failed SELECT leaves nothing selected (RFC 9051 §6.3.2). */
    Completion select(MailboxName name, boolean readOnly, SelectOptions options, SessionState.SignedIn now)
            throws IOException {
        if (options.resync().isPresent() && !dialogue.enabled().has(Feature.QRESYNC)) {
            return Completion.bad("QRESYNC is for those who have enabled it");
        }
        if (options.condstore()) {
            dialogue.enabled().add(Set.of(Feature.CONDSTORE));
        }
        if (now instanceof SessionState.Selected) {
            dialogue.out().send(Response.Status.untagged(StatusKind.OK, Plain.CLOSED, "The mailbox before is closed"));
        }
        unselect(now);
        if (watch == null) {
            watch = dialogue.surroundings().watchers().watch(now.account());
            watch.onChange(news::raise);
        }
        news.take(); // what was before is in what is read now
        var opened = new SelectHandler(dialogue.conversation(now)).open(name, readOnly, options);
        if (opened.mailbox() != null) {
            dialogue.state(new SessionState.Selected(now.account(), opened.mailbox()));
        }
        return opened.completion();
    }

    void unselect(SessionState.SignedIn now) {
        dialogue.state(new SessionState.NothingSelected(now.account()));
    }

    /** The command that switched CONDSTORE on says which changes the client knows (RFC 7162 §3.1). */
    void tellModSeq() throws IOException {
        if (dialogue.enabled().has(Feature.CONDSTORE) && dialogue.state() instanceof SessionState.Selected selected) {
            dialogue.out()
                    .send(Response.Status.untagged(
                            StatusKind.OK, selected.mailbox().highestModSeq(), "The last change that you know all of"));
        }
    }

    /** Handlers find the mailbox as it is now, though the client may not be told of it yet. */
    void look(SessionState.Selected selected) {
        if (news.raised()) {
            new Updates(dialogue.conversation(selected), selected.mailbox()).look();
        }
    }

    /** @param mayExpunge whether sequence numbers may change now */
    void sendNews(boolean mayExpunge) throws IOException {
        if (dialogue.state() instanceof SessionState.Selected selected && news.take()) {
            try {
                switch (new Updates(dialogue.conversation(selected), selected.mailbox()).send(mayExpunge)) {
                    case TOLD -> {}
                    case SOME_WAIT -> news.putBack();
                    case MAILBOX_GONE -> gone(selected);
                }
            } catch (NotDone e) {
                news.putBack();
                throw e;
            }
        }
    }

    Completion idle() throws IOException {
        dialogue.out().send(new Response.Continue("idling"));
        idle.begin(this::tellNews);
        Input input;
        try {
            dialogue.in().release();
            input = dialogue.read(Uploads.NONE);
        } finally {
            idle.end();
        }
        if (input instanceof Input.End || dialogue.over()) {
            throw new EOFException("the client is gone, or has been sent away");
        }
        boolean done = input instanceof Input.Whole(var line) && line.acceptWord("DONE") && line.atEnd();
        return done ? Completion.ok("IDLE completed") : Completion.bad("Expected DONE");
    }

    /** Run on a thread of the network's when a commit has changed the account of a client that idles. */
    private void tellIdling() {
        idle.tell(() -> {
            try {
                tellNews();
            } catch (RuntimeException e) {
                // a client that idles asks for nothing: left alone it would wait for mail that is there
                LOG.log(
                        e instanceof NotDone ? Level.WARNING : Level.ERROR,
                        connection.id() + " can't be told of new mail",
                        e);
                dialogue.bye(Plain.UNAVAILABLE, "Please come again");
                connection.out().close();
            }
        });
    }

    private void tellNews() throws IOException {
        sendNews(true);
        dialogue.out().flush();
        dialogue.out().release();
        dialogue.wire().release();
    }

    /** The client has removed a mailbox: perhaps the selected one (RFC 9051 §7.1, CLOSED). */
    void removed(SessionState.SignedIn now) throws IOException {
        if (now instanceof SessionState.Selected selected && isGone(selected)) {
            closed(selected);
        }
    }

    private boolean isGone(SessionState.Selected selected) {
        return dialogue.surroundings()
                .call(services -> services.get(Mailboxes.class)
                        .find(selected.account(), selected.mailbox().id()))
                .isEmpty();
    }

    private void closed(SessionState.Selected selected) throws IOException {
        unselect(selected);
        dialogue.out().send(Response.Status.untagged(StatusKind.OK, Plain.CLOSED, "The mailbox has been deleted"));
    }

    /** Somebody has removed it. */
    private void gone(SessionState.Selected selected) throws IOException {
        if (dialogue.enabled().has(Feature.IMAP4REV2)) {
            closed(selected);
        } else {
            dialogue.bye(Plain.NONEXISTENT, "The selected mailbox has been deleted"); // RFC 2180 §3.3
        }
    }
}
