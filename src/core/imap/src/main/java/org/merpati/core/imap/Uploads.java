package org.merpati.core.imap;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.session.Connection;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Quotas;
import org.merpati.lib.imap.Announced;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.Diverted;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.LiteralAwaited;
import org.merpati.lib.imap.LiteralChoice;
import org.merpati.lib.imap.LiteralPolicy;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.Append;
import org.merpati.lib.imap.command.Effect;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.ImapVerb;
import org.merpati.lib.imap.command.Replace;
import org.merpati.lib.imap.response.ImapWriter;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.StatusKind;

/**
 * Which literals may come, and where those go that are messages: into the spool. A message is judged before its client is
 * asked for it: the command so far, its size, the mailbox, the quota, the disk. One that is sent without asking is judged so
 * when it is large; of a small one the transaction says the same.
 */
final class Uploads implements LiteralPolicy, AutoCloseable {
    /** Takes no literals: for a client that idles. */
    static final LiteralPolicy NONE = new LiteralPolicy() {
        @Override
        public LiteralChoice decide(Announced literal) {
            return LiteralChoice.REFUSE;
        }

        @Override
        public void invite() {
            throw new IllegalStateException("none is invited");
        }
    };

    private static final Logger LOG = System.getLogger(Uploads.class.getName());
    private static final long STRINGS_BEFORE_LOGIN = 8192;
    private static final long STRINGS = 65_536;
    private static final long SMALL = 131_072;

    private final Surroundings surroundings;
    private final Connection connection;
    private final ImapWriter out;
    private final Supplier<SessionState> state;
    private final Enabled enabled;
    private final long largest;
    private final List<Upload> uploads = new ArrayList<>();
    private Optional<Completion> refusal = Optional.empty();
    private Optional<Long> room = Optional.empty();
    private long octets;

    Uploads(
            Surroundings surroundings,
            Connection connection,
            ImapWriter out,
            Supplier<SessionState> state,
            Enabled enabled) {
        this.surroundings = surroundings;
        this.connection = connection;
        this.out = out;
        this.state = state;
        this.enabled = enabled;
        this.largest = largest(surroundings);
    }

    /** The octets of the largest message that is taken (RFC 7889). */
    static long largest(Surroundings surroundings) {
        return surroundings.config().get(Settings.SMTP_MAX_MESSAGE).octets();
    }

    /** Lets go of the command before. */
    @Override
    public void close() {
        uploads.forEach(Upload::close);
        uploads.clear();
        refusal = Optional.empty();
        room = Optional.empty();
        octets = 0;
    }

    /** What has come of this literal. */
    Upload get(Diverted literal) {
        return uploads.get(literal.number());
    }

    /** Why the last literal was refused. */
    Completion refusal() {
        return refusal.orElseGet(
                () -> new Completion(StatusKind.BAD, Optional.of(Plain.TOOBIG), "That literal is too large here"));
    }

    @Override
    public void invite() throws IOException {
        connection.busy();
        out.send(new Response.Continue("go on"));
        out.flush();
        connection.awaiting(Dialogue.FAREWELL);
    }

    @Override
    public LiteralChoice decide(Announced literal) throws IOException {
        try {
            var verb = verb(literal.soFar());
            if (verb.isEmpty() || !verb.get().has(Effect.TAKES_MESSAGES)) {
                return string(literal);
            }
            var wrongState = wrongState(verb.get());
            if (wrongState.isPresent()) {
                return refuse(wrongState.get());
            }
            var in = reader(literal);
            ImapVerb.read(in.space()).parse(in);
            return refuse(Completion.bad("Syntax: a literal is out of place"));
        } catch (LiteralAwaited awaited) {
            return awaited.message() ? message(literal) : string(literal);
        } catch (ImapSyntaxException e) {
            return refuse(Completion.bad("Syntax: " + e.getMessage()));
        }
    }

    private static Optional<ImapVerb> verb(CommandReader in) {
        try {
            in.tag();
            return Optional.of(ImapVerb.read(in.space()));
        } catch (ImapSyntaxException e) {
            return Optional.empty(); // said when the command is whole
        }
    }

    /** Before the verb. */
    private CommandReader reader(Announced literal) {
        var in = literal.soFar();
        if (enabled.utf8()) {
            in.utf8();
        }
        in.tag();
        return in;
    }

    private LiteralChoice string(Announced literal) {
        boolean signedIn = state.get() instanceof SessionState.SignedIn;
        return literal.kept() + literal.size() <= (signedIn ? STRINGS : STRINGS_BEFORE_LOGIN)
                ? LiteralChoice.KEEP
                : LiteralChoice.REFUSE;
    }

    private Optional<Completion> wrongState(ImapVerb verb) {
        if (!(state.get() instanceof SessionState.SignedIn now)) {
            return Optional.of(Completion.bad("That command is valid only after login"));
        }
        if (verb.takesNumbers() && enabled.has(Feature.UIDONLY)) {
            return Optional.of(Completion.bad(Plain.UIDREQUIRED, "The client has asked to use uids only"));
        }
        return verb == ImapVerb.APPEND || now instanceof SessionState.Selected
                ? Optional.empty()
                : Optional.of(Completion.bad("That command is valid only with a mailbox selected"));
    }

    private LiteralChoice refuse(Completion why) {
        refusal = Optional.of(why);
        return LiteralChoice.REFUSE;
    }

    private LiteralChoice message(Announced literal) throws IOException {
        connection.busy();
        try {
            return judged(literal);
        } catch (NotDone e) {
            return refuse(ImapFailures.completion(e));
        } finally {
            connection.awaiting(Dialogue.FAREWELL);
        }
    }

    private LiteralChoice judged(Announced literal) {
        if (literal.size() > largest) {
            return refuse(Appending.tooBig(largest));
        }
        if (!uploads.isEmpty() && uploads.getLast().failure() != null) {
            return refuse(Appending.noSpace());
        }
        octets += literal.size();
        if (literal.synchronizing() || octets > SMALL) {
            var why = why(literal);
            if (why.isPresent()) {
                return refuse(why.get());
            }
        }
        try {
            var upload = new Upload(surroundings.spool().create(literal.size()));
            uploads.add(upload);
            return new LiteralChoice.Divert(upload);
        } catch (NoSpaceException e) {
            LOG.log(Level.WARNING, () -> connection.id() + " message refused: no space: " + e.getMessage());
            return refuse(Appending.noSpace());
        } catch (IOException e) {
            LOG.log(Level.ERROR, connection.id() + " message refused: the spool failed", e);
            return refuse(Appending.noSpace());
        }
    }

    /** Why it need not be sent. */
    private Optional<Completion> why(Announced literal) {
        var in = reader(literal);
        boolean replaces = ImapVerb.read(in.space()) != ImapVerb.APPEND;
        var target = replaces ? Replace.target(in) : Append.target(in);
        if (replaces
                && state.get() instanceof SessionState.Selected now
                && now.mailbox().readOnly()) {
            return Optional.of(ReplaceHandler.readOnly());
        }
        if (room.isEmpty() && state.get() instanceof SessionState.SignedIn now) {
            room = room(now, target);
            if (room.isEmpty()) {
                return Optional.of(Appending.noTarget());
            }
        }
        // what a replaced message leaves is known in the transaction only
        boolean fits = replaces || octets <= room.orElse(Long.MAX_VALUE);
        return fits ? Optional.empty() : Optional.of(Appending.overQuota());
    }

    /** Empty when there is no such mailbox. */
    private Optional<Long> room(SessionState.SignedIn now, MailboxName target) {
        return surroundings.call(services -> services.get(Mailboxes.class)
                .find(now.account(), target.text())
                .map(mailbox -> services.get(Quotas.class).room(now.account())));
    }
}
