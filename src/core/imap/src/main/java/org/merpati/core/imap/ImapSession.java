package org.merpati.core.imap;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.watch.Watch;
import org.merpati.core.store.Mailboxes;
import org.merpati.lib.imap.Announced;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.Input;
import org.merpati.lib.imap.LiteralChoice;
import org.merpati.lib.imap.LiteralPolicy;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.AnyStateCommand;
import org.merpati.lib.imap.command.Append;
import org.merpati.lib.imap.command.Authenticate;
import org.merpati.lib.imap.command.BeforeLoginCommand;
import org.merpati.lib.imap.command.Capability;
import org.merpati.lib.imap.command.Check;
import org.merpati.lib.imap.command.Close;
import org.merpati.lib.imap.command.Compress;
import org.merpati.lib.imap.command.Copy;
import org.merpati.lib.imap.command.Delete;
import org.merpati.lib.imap.command.Effect;
import org.merpati.lib.imap.command.Enable;
import org.merpati.lib.imap.command.Examine;
import org.merpati.lib.imap.command.Expunge;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.Fetch;
import org.merpati.lib.imap.command.Id;
import org.merpati.lib.imap.command.Idle;
import org.merpati.lib.imap.command.ImapCommand;
import org.merpati.lib.imap.command.ImapVerb;
import org.merpati.lib.imap.command.Login;
import org.merpati.lib.imap.command.Logout;
import org.merpati.lib.imap.command.MailboxCommand;
import org.merpati.lib.imap.command.Move;
import org.merpati.lib.imap.command.MultiSearch;
import org.merpati.lib.imap.command.Noop;
import org.merpati.lib.imap.command.Replace;
import org.merpati.lib.imap.command.SearchCommand;
import org.merpati.lib.imap.command.Select;
import org.merpati.lib.imap.command.SelectOptions;
import org.merpati.lib.imap.command.SelectedCommand;
import org.merpati.lib.imap.command.SignedInCommand;
import org.merpati.lib.imap.command.StartTls;
import org.merpati.lib.imap.command.Store;
import org.merpati.lib.imap.command.Unauthenticate;
import org.merpati.lib.imap.command.Unselect;
import org.merpati.lib.imap.response.CutLiteralException;
import org.merpati.lib.imap.response.ImapWriter;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.StatusKind;
import org.merpati.lib.sasl.SaslText;

/** One connection from greeting to goodbye. Owned by the connection's thread, but for IDLE (see {@link IdleConversation}). */
final class ImapSession implements AutoCloseable {
    static final String FAREWELL = "* BYE [UNAVAILABLE] The server is stopping\r\n";

    private static final Logger LOG = System.getLogger(ImapSession.class.getName());
    private static final int MOST_BAD = 20;

    private final Surroundings surroundings;
    private final Connection connection;
    private final Wire wire;
    private final ImapReader in;
    private final ImapWriter out;
    private final LoginHandler login;
    private final AuthenticateHandler authenticate;
    /** Held by whoever writes to a client that idles, and by those who begin and end its idling. */
    private final ReentrantLock idleLock = new ReentrantLock();

    private final NewsFlag news;
    private final IdleConversation idle;
    private SessionState state = new SessionState.BeforeLogin(0);
    private final Enabled enabled = new Enabled();
    private final Uploads uploads;
    private @Nullable Watch watch;
    private String running = ""; // the tag of the last command
    private UserLimits.@Nullable Seat seat;
    private @Nullable Step afterwards;
    private int failures;
    private int bad;

    /** For lines that are no commands. */
    private static final LiteralPolicy NO_LITERALS = new LiteralPolicy() {
        @Override
        public LiteralChoice decide(Announced literal) {
            return LiteralChoice.REFUSE;
        }

        @Override
        public void invite() {
            throw new IllegalStateException("no literal is accepted");
        }
    };

    /** What is to be done when a command has been answered. */
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    ImapSession(Surroundings surroundings, Connection connection) {
        this.surroundings = surroundings;
        this.connection = connection;
        this.wire = new Wire(connection, System::nanoTime);
        this.in = new ImapReader(wire.in());
        this.out = new ImapWriter(wire.out());
        this.uploads = new Uploads(surroundings, connection, out, () -> state, enabled);
        this.login = new LoginHandler(surroundings, connection);
        this.authenticate = new AuthenticateHandler(surroundings, connection, login, this::challenge);
        this.news = new NewsFlag(connection, this::tellIdling);
        this.idle = new IdleConversation(connection, news, idleLock);
    }

    void run() throws IOException {
        try {
            wire.deadlineIn(surroundings.config().get(Settings.IMAP_LOGIN_TIMEOUT));
            greet();
            while (!(state instanceof SessionState.LoggedOut) && step()) {
                // one command each
            }
        } catch (SocketTimeoutException e) {
            bye(null, "Autologout: nothing came for too long");
        } catch (EOFException e) {
            LOG.log(Level.DEBUG, () -> connection.id() + " " + e.getMessage());
        } catch (CutLiteralException e) {
            LOG.log(Level.ERROR, connection.id() + " closed amid a literal: the message can't be read to its end", e);
        }
    }

    @Override
    public void close() {
        idle.end();
        uploads.close();
        signedOut();
        wire.close();
    }

    private void signedOut() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
        if (seat != null) {
            seat.close();
            seat = null;
        }
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
        in.release();
        out.release();
        connection.awaiting(FAREWELL);
        var input = in.next(uploads);
        connection.busy();
        switch (input) {
            case Input.Whole(var command) -> {
                slowDown();
                answer(command);
            }
            case Input.Refused refused -> answer(refused);
            case Input.End end -> {
                return false;
            }
        }
        if (bad >= MOST_BAD && !(state instanceof SessionState.LoggedOut)) {
            bye(Plain.CLIENTBUG, "Too many bad commands");
        }
        out.flush();
        var step = afterwards;
        if (step != null) {
            afterwards = null;
            step.take();
        }
        return true;
    }

    /** Lets a user wait who gives more commands than there may be. */
    private void slowDown() {
        var wait = seat == null ? Duration.ZERO : seat.command();
        if (!wait.isZero()) {
            try {
                surroundings.pause().pause(wait);
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
            running = tag.get();
            var verb = ImapVerb.read(command.space());
            if (verb.takesNumbers() && enabled.has(Feature.UIDONLY)) {
                completion = Completion.bad(Plain.UIDREQUIRED, "The client has asked to use uids only");
            } else {
                var before = state;
                boolean condstore = enabled.has(Feature.CONDSTORE);
                completion = run(verb.parse(command));
                if (!condstore && state.equals(before)) {
                    tellModSeq();
                }
                if (verb.has(Effect.SENDS_NEWS)) {
                    sendNews(!verb.has(Effect.USES_SEQUENCE_NUMBERS));
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

    /** The command that switched CONDSTORE on says which changes the client knows (RFC 7162 §3.1). */
    private void tellModSeq() throws IOException {
        if (enabled.has(Feature.CONDSTORE) && state instanceof SessionState.Selected selected) {
            out.send(Response.Status.untagged(
                    StatusKind.OK, selected.mailbox().highestModSeq(), "The last change that you know all of"));
        }
    }

    private void answer(Input.Refused refused) throws IOException {
        if (refused.reason() == Input.Reason.FLOOD) {
            bye(Plain.TOOBIG, "More than can be passed over");
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
        if (state instanceof SessionState.BeforeLogin(var failures) && failures >= LoginHandler.MOST_FAILURES) {
            bye(null, "Too many failed logins");
        }
    }

    private Completion run(ImapCommand command) throws IOException {
        return switch (command) {
            case AnyStateCommand always -> run(always);
            case BeforeLoginCommand before ->
                state instanceof SessionState.BeforeLogin now ? run(before, now) : wrongState("not after login");
            case SignedInCommand signedIn ->
                state instanceof SessionState.SignedIn now ? run(signedIn, now) : wrongState("only after login");
            case SelectedCommand selected ->
                state instanceof SessionState.Selected now
                        ? run(selected, now)
                        : wrongState("only with a mailbox selected");
        };
    }

    private static Completion wrongState(String when) {
        return Completion.bad("That command is valid " + when);
    }

    private Completion run(AnyStateCommand command) throws IOException {
        return switch (command) {
            case Capability capability -> {
                out.send(new Response.Capabilities(
                        state instanceof SessionState.BeforeLogin
                                ? Capabilities.beforeLogin(surroundings, connection)
                                : Capabilities.afterLogin(surroundings)));
                yield Completion.ok("CAPABILITY completed");
            }
            case Noop noop -> Completion.ok("NOOP completed");
            case Id(var fields) -> {
                LOG.log(Level.DEBUG, () -> connection.id() + " client: " + ClientName.of(fields));
                out.send(new Response.ServerId("Merpati"));
                yield Completion.ok("ID completed");
            }
            case Logout logout -> {
                bye(null, "Until next time");
                yield Completion.ok("LOGOUT completed");
            }
        };
    }

    private Completion run(BeforeLoginCommand command, SessionState.BeforeLogin now) throws IOException {
        return switch (command) {
            case Login asked -> entered(login.run(asked, now), now);
            case Authenticate asked -> entered(authenticate.run(asked, now), now);
            case StartTls asked -> startTls();
        };
    }

    private Completion entered(LoginHandler.Result result, SessionState.BeforeLogin now) throws IOException {
        if (result.state() instanceof SessionState.SignedIn signedIn) {
            var place = surroundings.users().admit(signedIn.account());
            if (place.isEmpty()) {
                return Completion.no(Plain.LIMIT, "There are as many sessions of this user as there may be");
            }
            seat = place.get();
            failures = now.failures();
            wire.silence(surroundings.config().get(Settings.IMAP_IDLE_TIMEOUT));
        }
        state = result.state();
        return result.completion();
    }

    /** One challenge of an exchange, and the client's line; {@code *} is its way to cancel (RFC 9051 §6.2.2). */
    private Optional<byte[]> challenge(byte[] octets) throws IOException {
        out.send(new Response.Continue(SaslText.base64(octets)));
        out.flush();
        connection.awaiting(FAREWELL);
        var input = in.next(NO_LITERALS);
        connection.busy();
        return switch (input) {
            case Input.Whole(var line) -> {
                var text = new String(line.line(), StandardCharsets.ISO_8859_1);
                yield text.equals("*") ? Optional.empty() : Optional.of(SaslText.base64(text));
            }
            case Input.Refused refused -> Optional.empty();
            case Input.End end -> throw new EOFException("the client is gone amid AUTHENTICATE");
        };
    }

    /**
     * RFC 9051 §6.2.1. Whoever sends anything behind the command before its answer is not served any further, as it may be
     * somebody on the way who wants commands taken for ones that came by TLS.
     */
    private Completion startTls() throws IOException {
        if (connection.secure()) {
            return Completion.bad("TLS is on already");
        }
        if (!connection.canSecure()) {
            return Completion.no("TLS is not available here");
        }
        if (in.buffered()) {
            LOG.log(Level.WARNING, () -> connection.id() + " input behind STARTTLS");
            bye(Plain.CLIENTBUG, "Nothing may follow STARTTLS before its answer");
            throw new EOFException("sent away because of input behind STARTTLS");
        }
        afterwards = () -> {
            try {
                connection.startTls();
            } catch (RuntimeException e) {
                throw new IOException("the TLS handshake failed: " + e, e);
            }
        };
        return Completion.ok("Begin TLS now");
    }

    private Completion run(SignedInCommand command, SessionState.SignedIn now) throws IOException {
        return switch (command) {
            case MailboxCommand about -> {
                var completion = new MailboxesHandler(conversation(now)).run(about);
                if (about instanceof Delete && now instanceof SessionState.Selected selected && isGone(selected)) {
                    closed(selected);
                }
                yield completion;
            }
            case Append append -> new AppendHandler(conversation(now), appending(now)).run(append);
            case Enable(var features) -> enable(features);
            case MultiSearch search ->
                new MultiSearchHandler(
                                conversation(now),
                                now instanceof SessionState.Selected(var account, var mailbox)
                                        ? Optional.of(mailbox)
                                        : Optional.empty())
                        .run(search);
            case Compress asked -> compress();
            case Unauthenticate asked -> unauthenticate();
            case Select(var mailbox, var options) -> select(mailbox, false, options, now);
            case Examine(var mailbox, var options) -> select(mailbox, true, options, now);
            case Idle asked -> idle();
        };
    }

    private Completion run(SelectedCommand command, SessionState.Selected now) throws IOException {
        look(now);
        return switch (command) {
            case Fetch fetch -> new FetchHandler(conversation(now), now.mailbox()).run(fetch);
            case Replace replace -> new ReplaceHandler(conversation(now), now.mailbox(), appending(now)).run(replace);
            case Store store -> new StoreHandler(conversation(now), now.mailbox()).run(store);
            case Copy copy -> new CopyHandler(conversation(now), now.mailbox()).run(copy);
            case Move move -> new CopyHandler(conversation(now), now.mailbox()).run(move);
            case Expunge expunge -> new ExpungeHandler(conversation(now), now.mailbox()).run(expunge);
            case Check check -> Completion.ok("CHECK completed");
            case SearchCommand search -> new SearchHandler(conversation(now), now.mailbox()).run(search);
            case Close close -> {
                var refused = now.mailbox().readOnly()
                        ? Optional.<Completion>empty()
                        : new ExpungeHandler(conversation(now), now.mailbox()).all();
                unselect(now);
                yield refused.orElse(Completion.ok("CLOSE completed"));
            }
            case Unselect unselect -> {
                unselect(now);
                yield Completion.ok("UNSELECT completed");
            }
        };
    }

    private Conversation conversation(SessionState.SignedIn now) {
        return new Conversation(surroundings, connection, now.account(), running, out, enabled);
    }

    private Appending appending(SessionState.SignedIn now) {
        var selected = now instanceof SessionState.Selected open ? open.mailbox() : null;
        return new Appending(conversation(now), uploads, selected);
    }

    /** RFC 4978 §3. What the client has sent behind the command is compressed already. */
    private Completion compress() {
        if (wire.compressed()) {
            return new Completion(StatusKind.BAD, Optional.of(Plain.COMPRESSIONACTIVE), "DEFLATE is on already");
        }
        afterwards = () -> wire.compress(in.takeBuffered());
        return Completion.ok("DEFLATE from now on");
    }

    /** RFC 8437 §3: everything is as it was after the greeting, but TLS and what was counted against the client. */
    private Completion unauthenticate() {
        signedOut();
        state = new SessionState.BeforeLogin(failures);
        enabled.clear();
        out.utf8(false);
        wire.deadlineIn(surroundings.config().get(Settings.IMAP_LOGIN_TIMEOUT));
        afterwards = wire::decompress;
        return Completion.ok("UNAUTHENTICATE completed");
    }

    private Completion enable(Set<Feature> features) throws IOException {
        out.send(new Response.Enabled(enabled.add(features)));
        out.utf8(enabled.utf8());
        return Completion.ok("ENABLE completed");
    }

    private void unselect(SessionState.SignedIn now) {
        state = new SessionState.NothingSelected(now.account());
    }

    /** A failed SELECT leaves nothing selected (RFC 9051 §6.3.2). */
    private Completion select(MailboxName name, boolean readOnly, SelectOptions options, SessionState.SignedIn now)
            throws IOException {
        if (options.resync().isPresent() && !enabled.has(Feature.QRESYNC)) {
            return Completion.bad("QRESYNC is for those who have enabled it");
        }
        if (options.condstore()) {
            enabled.add(Set.of(Feature.CONDSTORE));
        }
        if (state instanceof SessionState.Selected) {
            out.send(Response.Status.untagged(StatusKind.OK, Plain.CLOSED, "The mailbox before is closed"));
        }
        unselect(now);
        if (watch == null) {
            watch = surroundings.watchers().watch(now.account());
            watch.onChange(news::raise);
        }
        news.take(); // what was before is in what is read now
        var opened = new SelectHandler(conversation(now)).open(name, readOnly, options);
        if (opened.mailbox() != null) {
            state = new SessionState.Selected(now.account(), opened.mailbox());
        }
        return opened.completion();
    }

    private Completion idle() throws IOException {
        out.send(new Response.Continue("idling"));
        idle.begin(this::tellNews);
        Input input;
        try {
            in.release();
            connection.awaiting(FAREWELL);
            input = in.next(Uploads.NONE);
            connection.busy();
        } finally {
            idle.end();
        }
        if (input instanceof Input.End || state instanceof SessionState.LoggedOut) {
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
                bye(Plain.UNAVAILABLE, "Please come again");
                connection.out().close();
            }
        });
    }

    private void tellNews() throws IOException {
        sendNews(true);
        out.flush();
        out.release();
        wire.release();
    }

    private boolean isGone(SessionState.Selected selected) {
        return surroundings
                .call(services -> services.get(Mailboxes.class)
                        .find(selected.account(), selected.mailbox().id()))
                .isEmpty();
    }

    /** The selected mailbox is no more (RFC 9051 §7.1, CLOSED). */
    private void closed(SessionState.Selected selected) throws IOException {
        state = new SessionState.NothingSelected(selected.account());
        out.send(Response.Status.untagged(StatusKind.OK, Plain.CLOSED, "The mailbox has been deleted"));
    }

    /** Somebody has removed it. */
    private void gone(SessionState.Selected selected) throws IOException {
        if (enabled.has(Feature.IMAP4REV2)) {
            closed(selected);
        } else {
            bye(Plain.NONEXISTENT, "The selected mailbox has been deleted"); // RFC 2180 §3.3
        }
    }

    /** @param mayExpunge whether sequence numbers may change now */
    private void sendNews(boolean mayExpunge) throws IOException {
        if (state instanceof SessionState.Selected selected && news.take()) {
            try {
                switch (new Updates(conversation(selected), selected.mailbox()).send(mayExpunge)) {
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

    /** Handlers find the mailbox as it is now, though the client may not be told of it yet. */
    private void look(SessionState.Selected selected) {
        if (news.raised()) {
            new Updates(conversation(selected), selected.mailbox()).look();
        }
    }

    private void bye(ResponseCode.@Nullable Plain code, String text) throws IOException {
        state = new SessionState.LoggedOut();
        out.send(new Response.Status(Optional.empty(), StatusKind.BYE, Optional.ofNullable(code), text));
        out.flush();
    }
}
