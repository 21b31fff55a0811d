package org.merpati.core.imap;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.Input;
import org.merpati.lib.imap.command.Effect;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.ImapVerb;
import org.merpati.lib.imap.response.CutLiteralException;
import org.merpati.lib.imap.response.ImapWriter;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.StatusKind;

/**
 * One connection from greeting to goodbye: reads commands, has them done, and answers. Owned by the connection's thread,
 * but for what a client hears while it says nothing (see {@link News}).
 */
final class ImapSession implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ImapSession.class.getName());
    private static final int MOST_BAD = 20;

    private final Surroundings surroundings;
    private final Connection connection;
    private final Dialogue dialogue;
    private final ImapWriter out;
    private final Enabled enabled;
    private final Entry entry;
    private final Selection selection;
    private final News news;
    private final Uploads uploads;
    private final Commands commands;
    private int bad;

    ImapSession(Surroundings surroundings, Connection connection) {
        this.surroundings = surroundings;
        this.connection = connection;
        this.dialogue = new Dialogue(surroundings, connection);
        this.out = dialogue.out();
        this.enabled = dialogue.enabled();
        this.entry = new Entry(dialogue);
        this.selection = new Selection(dialogue);
        this.news = new News(dialogue, selection);
        this.uploads = new Uploads(surroundings, connection, out, dialogue::state, enabled);
        this.commands = new Commands(dialogue, entry, selection, news, uploads);
    }

    void run() throws IOException {
        try {
            dialogue.wire().deadlineIn(surroundings.config().get(Settings.IMAP_LOGIN_TIMEOUT));
            greet();
            while (!dialogue.over() && step()) {
                // one command each
            }
        } catch (SocketTimeoutException e) {
            dialogue.bye(null, "Autologout: nothing came for too long");
        } catch (EOFException e) {
            LOG.log(Level.DEBUG, () -> connection.id() + " " + e.getMessage());
        } catch (CutLiteralException e) {
            LOG.log(Level.ERROR, connection.id() + " closed amid a literal: the message can't be read to its end", e);
        }
    }

    @Override
    public void close() {
        news.close();
        uploads.close();
        entry.close();
        dialogue.close();
    }

    private void greet() throws IOException {
        out.send(Response.Status.untagged(
                StatusKind.OK,
                new ResponseCode.Capability(Capabilities.beforeLogin(surroundings, connection)),
                surroundings.config().get(Settings.HOSTNAME) + " Merpati ready"));
        out.flush();
    }

    /** Reads one command and answers it; false when the client has gone. */
    private boolean step() throws IOException {
        uploads.close();
        dialogue.in().release();
        out.release();
        switch (news.read(uploads)) {
            case Input.Whole(var command) -> {
                slowDown();
                answer(command);
            }
            case Input.Refused refused -> answer(refused);
            case Input.End end -> {
                return false;
            }
        }
        if (bad >= MOST_BAD && !dialogue.over()) {
            dialogue.bye(Plain.CLIENTBUG, "Too many bad commands");
        }
        out.flush();
        entry.afterwards();
        return true;
    }

    private void slowDown() {
        var delay = entry.delay();
        if (!delay.isZero()) {
            try {
                surroundings.pause().pause(delay);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void answer(CommandReader command) throws IOException {
        Optional<String> tag = Optional.empty();
        Completion completion;
        try {
            if (enabled.utf8()) {
                command.utf8();
            }
            tag = Optional.of(command.tag());
            dialogue.tag(tag.get());
            var verb = ImapVerb.read(command.space());
            if (verb.takesNumbers() && enabled.has(Feature.UIDONLY)) {
                completion = Completion.bad(Plain.UIDREQUIRED, "The client has asked to use uids only");
            } else {
                var before = dialogue.state();
                boolean condstore = enabled.has(Feature.CONDSTORE);
                completion = commands.run(verb.parse(command));
                if (!condstore && dialogue.state().equals(before)) {
                    selection.tellModSeq();
                }
                if (verb.has(Effect.TAKES_AWAY)) {
                    news.sendAnswer();
                } else if (verb.has(Effect.SENDS_NEWS)) {
                    news.send(!verb.has(Effect.USES_SEQUENCE_NUMBERS));
                }
            }
        } catch (ImapSyntaxException e) {
            completion = Completion.bad("Syntax: " + e.getMessage());
        } catch (NotDone e) {
            completion = ImapFailures.completion(e);
        } catch (RuntimeException e) {
            var number = Integer.toHexString(System.identityHashCode(e));
            LOG.log(Level.ERROR, connection.id() + " internal error " + number, e);
            completion = Completion.no(Plain.SERVERBUG, "Internal error, number " + number);
        }
        complete(tag, completion);
    }

    private void answer(Input.Refused refused) throws IOException {
        if (refused.reason() == Input.Reason.FLOOD) {
            dialogue.bye(Plain.TOOBIG, "More than can be passed over");
            return;
        }
        complete(refused.tag(), refusal(refused));
    }

    private Completion refusal(Input.Refused refused) {
        if (refused.reason() == Input.Reason.LINE) {
            return Completion.bad("A command line has at most " + ImapReader.LONGEST_LINE + " octets");
        }
        return uploads.refusal();
    }

    private void complete(Optional<String> tag, Completion completion) throws IOException {
        if (completion.kind() == StatusKind.BAD) {
            bad++;
        }
        out.send(completion.tagged(tag));
        if (dialogue.state() instanceof SessionState.BeforeLogin(var failures)
                && failures >= LoginHandler.MOST_FAILURES) {
            dialogue.bye(null, "Too many failed logins");
        }
    }
}
