package org.merpati.core.imap;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.watch.Change;
import org.merpati.core.api.watch.Watch;
import org.merpati.lib.imap.Announced;
import org.merpati.lib.imap.Input;
import org.merpati.lib.imap.LiteralChoice;
import org.merpati.lib.imap.LiteralPolicy;
import org.merpati.lib.imap.command.Notify;
import org.merpati.lib.imap.command.NotifyEvent;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.StatusKind;

/**
 * How a client hears of what others do: before a reply, while it idles (RFC 2177), and with NOTIFY at any time (RFC 5465). While
 * it gives no command, news are told by a task of the network's; see {@link IdleConversation}.
 */
final class News implements AutoCloseable {
    private static final Logger LOG = System.getLogger(News.class.getName());

    private final Dialogue dialogue;
    private final Connection connection;
    private final Selection selection;
    private final NewsFlag flag;
    private final IdleConversation idle;
    private @Nullable Watch watch;
    private SelectedEvents events = SelectedEvents.USUAL;
    private boolean asked; // by NOTIFY
    private @Nullable OtherMailboxes others;
    private boolean annotated;
    private boolean mayExpunge; // while the client gives no command

    News(Dialogue dialogue, Selection selection) {
        this.dialogue = dialogue;
        this.connection = dialogue.connection();
        this.selection = selection;
        this.flag = new NewsFlag(connection, () -> idling().tell(this::tellOrGiveUp));
        this.idle = new IdleConversation(connection, flag, new ReentrantLock());
    }

    private IdleConversation idling() {
        return idle;
    }

    /** Nobody is to be told anything any more. */
    @Override
    public void close() {
        idle.end();
        forget();
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    /** A mailbox is about to be read. */
    void selecting(SessionState.SignedIn now) {
        watch(now);
        if (others == null) {
            flag.take(); // what was before is in what is read now
        }
    }

    void look(SessionState.Selected selected) {
        if (flag.raised()) {
            selection.look(selected);
        }
    }

    /** @param mayExpunge whether sequence numbers may change now */
    void send(boolean mayExpunge) throws IOException {
        send(mayExpunge, events);
    }

    /** Of a command that takes messages away: that is its answer, whatever the client wants to hear besides. */
    void sendAnswer() throws IOException {
        send(true, events.withMessages());
    }

    private void send(boolean mayExpunge, SelectedEvents wanted) throws IOException {
        boolean waiting = dialogue.state() instanceof SessionState.Selected || others != null;
        if (!waiting || !flag.take()) {
            return;
        }
        try {
            if (dialogue.state() instanceof SessionState.Selected selected
                    && !selection.tell(selected, mayExpunge, wanted)) {
                flag.putBack();
            }
            if (others != null && dialogue.state() instanceof SessionState.SignedIn now) {
                tellOthers(others, now);
            }
        } catch (NotDone e) {
            flag.putBack();
            throw e;
        }
    }

    private void tellOthers(OtherMailboxes all, SessionState.SignedIn now) throws IOException {
        if (watch != null) {
            annotated |= watch.take()
                    .filter(change -> change.kinds().contains(Change.Kind.ANNOTATION))
                    .isPresent();
        }
        all.tell(dialogue.conversation(now), selection.id(), annotated);
        annotated = false;
    }

    /** RFC 5465 §3.1: what has come together until now is told first, as by NOOP. */
    Completion notify(Notify command, SessionState.SignedIn now) throws IOException {
        if (command.groups().stream().anyMatch(group -> !group.unknown().isEmpty())) {
            return Completion.no(new ResponseCode.BadEvent(NotifyEvent.tokens()), "There are no other events here");
        }
        if (command.groups().isEmpty()) {
            silence();
            return Completion.ok("NOTIFY completed: nothing is told from now on");
        }
        flag.putBack();
        send(true, SelectedEvents.USUAL);
        if (!(dialogue.state() instanceof SessionState.SignedIn still)) {
            return Completion.no(Plain.NONEXISTENT, "The selected mailbox has been deleted");
        }
        watch(still);
        var groups = command.groups().stream()
                .filter(group -> !group.ofSelected() && !group.events().isEmpty())
                .toList();
        var next = groups.isEmpty() ? null : new OtherMailboxes(groups);
        if (next != null) {
            next.begin(dialogue.conversation(still), command.status(), selection.id());
        }
        others = next;
        events = SelectedEvents.of(command.groups());
        asked = true;
        return Completion.ok("NOTIFY completed");
    }

    /** The client is about to do something to these mailboxes itself (RFC 5465 §5). */
    void own(List<String> names) {
        if (others != null) {
            others.own(names);
        }
    }

    /** As after NOTIFY NONE. */
    private void silence() {
        forget();
        events = SelectedEvents.NONE;
        asked = true;
    }

    private void forget() {
        events = SelectedEvents.USUAL;
        asked = false;
        others = null;
        annotated = false;
    }

    private void watch(SessionState.SignedIn now) {
        if (watch == null) {
            watch = dialogue.surroundings().watchers().watch(now.account());
            watch.onChange(flag::raise);
        }
    }

    /** The next command. A client that has given NOTIFY hears of news until it has come (RFC 5465 §3.1). */
    Input read(LiteralPolicy literals) throws IOException {
        boolean listens = others != null || (asked && events.messages());
        if (!listens || !(dialogue.state() instanceof SessionState.SignedIn)) {
            return dialogue.read(literals);
        }
        var guarded = new LiteralPolicy() {
            @Override
            public LiteralChoice decide(Announced literal) throws IOException {
                return literals.decide(literal);
            }

            @Override
            public void invite() throws IOException {
                idle.alone(literals::invite);
            }
        };
        mayExpunge = events.atOnce();
        idle.begin(this::tellOrGiveUp);
        try {
            var input = dialogue.read(guarded);
            return dialogue.over() ? new Input.End() : input;
        } finally {
            idle.end();
        }
    }

    Completion idle() throws IOException {
        dialogue.out().send(new Response.Continue("idling"));
        mayExpunge = true;
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

    /** A client that asks for nothing would, left alone, wait for mail that is there. */
    private void tellOrGiveUp() throws IOException {
        try {
            tellNews();
        } catch (RuntimeException e) {
            LOG.log(
                    e instanceof NotDone ? Level.WARNING : Level.ERROR,
                    connection.id() + " can't be told of new mail",
                    e);
            if (!asked) {
                dialogue.bye(Plain.UNAVAILABLE, "Please come again");
                connection.out().close();
            } else {
                silence();
                dialogue.out()
                        .send(Response.Status.untagged(
                                StatusKind.OK, Plain.NOTIFICATIONOVERFLOW, "Nothing is told from now on"));
                dialogue.out().flush();
            }
        }
    }

    private void tellNews() throws IOException {
        send(mayExpunge);
        dialogue.out().flush();
        dialogue.out().release();
        dialogue.wire().release();
    }
}
