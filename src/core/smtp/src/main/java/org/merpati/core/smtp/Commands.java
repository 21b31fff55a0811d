package org.merpati.core.smtp;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.session.Connection;
import org.merpati.core.smtp.SmtpState.Chunked;
import org.merpati.core.smtp.SmtpState.Connected;
import org.merpati.core.smtp.SmtpState.Greeted;
import org.merpati.core.smtp.SmtpState.Sending;
import org.merpati.lib.smtp.Extension;
import org.merpati.lib.smtp.SmtpInput;
import org.merpati.lib.smtp.SmtpOutput;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.command.Auth;
import org.merpati.lib.smtp.command.Bdat;
import org.merpati.lib.smtp.command.BodyType;
import org.merpati.lib.smtp.command.Data;
import org.merpati.lib.smtp.command.Ehlo;
import org.merpati.lib.smtp.command.Helo;
import org.merpati.lib.smtp.command.Help;
import org.merpati.lib.smtp.command.Lhlo;
import org.merpati.lib.smtp.command.Mail;
import org.merpati.lib.smtp.command.Noop;
import org.merpati.lib.smtp.command.NotOffered;
import org.merpati.lib.smtp.command.Quit;
import org.merpati.lib.smtp.command.Rcpt;
import org.merpati.lib.smtp.command.Rset;
import org.merpati.lib.smtp.command.SmtpCommand;
import org.merpati.lib.smtp.command.SmtpVerb;
import org.merpati.lib.smtp.command.StartTls;
import org.merpati.lib.smtp.command.Vrfy;
import org.merpati.lib.smtp.path.ReversePath;

/** Which command may come now, who runs it, and how far the session is then (RFC 5321 §4.1.4). */
final class Commands {
    private final SmtpServer server;
    private final String hostname;
    private final Offer offer;
    private final Tally tally;
    private final Steps steps;
    private final TlsConversation tls;
    private final AuthConversation auth;
    private final MailHandler mail;
    private final RcptHandler rcpt;
    private final DataConversation data;
    private final ChunkConversation chunks;
    private SmtpState state = new Connected();
    private Optional<Principal.User> user = Optional.empty();
    private Set<Extension> understood;

    Commands(
            Connection connection,
            SmtpServer server,
            SmtpOutput replies,
            SessionInput source,
            SmtpInput in,
            Tally tally,
            Steps steps) {
        this.server = server;
        this.hostname = server.limits().hostname();
        this.offer = new Offer(server, connection);
        this.tally = tally;
        this.steps = steps;
        this.tls = new TlsConversation(connection, replies, in);
        this.auth = new AuthConversation(connection, server, replies, in);
        this.mail = new MailHandler(server, connection);
        this.rcpt = new RcptHandler(server, steps, connection.local().getAddress());
        var handover = new MessageHandover(connection, server, steps);
        this.data = new DataConversation(server, replies, source, in, handover);
        this.chunks = new ChunkConversation(server, source, in, handover);
        this.understood = offer.understood();
    }

    /** What commands are read with. */
    Set<Extension> understood() {
        return understood;
    }

    /** Drops an open transaction and what it holds. */
    void forget() {
        state = state.reset();
    }

    /** The replies; none where they have been sent already. */
    List<SmtpReply> run(SmtpCommand command) throws IOException {
        return switch (command) {
            case Bdat c -> chunk(c);
            case StartTls c -> startTls();
            case SmtpCommand.AnyTime c -> List.of(anyTime(c));
            case SmtpCommand.BeginsTransaction c -> List.of(begin(c));
            case SmtpCommand.InTransaction c -> inTransaction(c);
        };
    }

    private SmtpReply anyTime(SmtpCommand.AnyTime command) throws IOException {
        boolean lmtp = server.kind() == SmtpKind.LMTP;
        return switch (command) {
            case Lhlo(var client) when lmtp -> greet(client, true);
            case Ehlo(var client) when !lmtp -> greet(client, true);
            case Helo(var client) when !lmtp -> greet(client, false);
            case Lhlo c -> unknownHere(c.verb());
            case Ehlo c -> unknownHere(c.verb());
            case Helo c -> unknownHere(c.verb());
            case Rset() -> {
                forget();
                yield SmtpReply.of(250, "2.0.0", "Reset");
            }
            case Noop() -> SmtpReply.of(250, "2.0.0", "Ok");
            case Quit() -> SmtpReply.of(221, "2.0.0", hostname + " closes the connection");
            // RFC 5321 §7.3: who has mail here is not told this way
            case Vrfy(var about) -> SmtpReply.of(252, "2.0.0", "Not verified: send the message, and it will be seen");
            case Help() -> SmtpReply.of(214, "2.0.0", "Commands: " + offer.verbs(), "See RFC 5321");
            case Auth c -> signIn(c);
            case NotOffered(var verb) -> SmtpReply.of(502, "5.5.1", verb + " is not offered here");
            case StartTls c -> throw new IllegalArgumentException("has its own way");
            case Bdat c -> throw new IllegalArgumentException("has its own way");
        };
    }

    /** RFC 2033 §4.1: 500 for EHLO and HELO where LHLO is meant, and the other way round. */
    private static SmtpReply unknownHere(SmtpVerb verb) {
        return SmtpReply.of(500, "5.5.1", verb + " is for another protocol than this listener's");
    }

    private SmtpReply greet(String client, boolean extended) {
        forget(); // a transaction ends with it (RFC 5321 §4.1.4)
        var greeted = new Greeted(client, extended, user);
        var refusal = steps.ehlo(greeted);
        state = refusal.isPresent() ? new Connected() : greeted;
        return refusal.orElseGet(() -> extended ? offer.greeting(user.isPresent()) : SmtpReply.plain(250, hostname));
    }

    /** What the session knew it does not know any more: all of it came in clear (RFC 3207 §4.2). */
    private List<SmtpReply> startTls() throws IOException {
        var refusal = tls.run();
        if (refusal.isEmpty()) {
            forget();
            state = new Connected();
            user = Optional.empty();
            understood = offer.understood();
        }
        return refusal.stream().toList();
    }

    private SmtpReply signIn(Auth command) throws IOException {
        if (user.isPresent()) {
            return outOfOrder("Signed in already");
        }
        return switch (state) {
            case Connected() -> outOfOrder("EHLO first");
            case Sending sending -> outOfOrder("Not in a transaction");
            case Chunked chunked -> outOfOrder("Not in a transaction");
            case Greeted greeted ->
                switch (auth.run(command)) {
                    case AuthConversation.Result.No(var reply) -> reply;
                    case AuthConversation.Result.SignedIn(var somebody) ->
                        steps.auth(greeted, somebody).orElseGet(() -> {
                            user = Optional.of(somebody);
                            state = new Greeted(greeted.client(), greeted.extended(), user);
                            return SmtpReply.of(235, "2.7.0", "Authentication successful");
                        });
                };
        };
    }

    private SmtpReply begin(SmtpCommand.BeginsTransaction command) {
        return switch (state) {
            case Connected() -> outOfOrder(server.kind() == SmtpKind.LMTP ? "LHLO first" : "EHLO first");
            case Sending sending -> outOfOrder("A transaction is open already");
            case Chunked chunked -> outOfOrder("A transaction is open already");
            case Greeted greeted ->
                switch (command) {
                    case Mail m -> mail.refusal(greeted).orElseGet(() -> begin(m, greeted));
                };
        };
    }

    private SmtpReply begin(Mail command, Greeted greeted) {
        tally.message();
        var request = Steps.request(command.from(), command.parameters());
        return switch (steps.mail(greeted, request, command.from())) {
            case Steps.Addressed.No<ReversePath>(var why) -> why;
            case Steps.Addressed.To<ReversePath>(var from) ->
                mail.refusal(greeted, from, command.parameters()).orElseGet(() -> {
                    state = greeted.mail(from, command.parameters());
                    return SmtpReply.of(250, "2.1.0", "Sender <" + Paths.shown(command.from()) + "> ok");
                });
        };
    }

    private List<SmtpReply> inTransaction(SmtpCommand.InTransaction command) throws IOException {
        return switch (state) {
            case Connected() -> List.of(outOfOrder("MAIL first"));
            case Greeted greeted -> List.of(outOfOrder("MAIL first"));
            case Chunked chunked -> List.of(outOfOrder("BDAT has begun: go on with it, or RSET"));
            case Sending sending ->
                switch (command) {
                    case Rcpt r -> List.of(rcpt.run(r, sending));
                    case Data() -> {
                        var refusal = binary(sending).or(() -> notReady(sending));
                        if (refusal.isPresent()) {
                            yield List.of(refusal.get());
                        }
                        state = sending.reset();
                        yield data.run(sending);
                    }
                };
        };
    }

    private List<SmtpReply> chunk(Bdat command) throws IOException {
        var refusal = switch (state) {
            case Connected() -> Optional.of(outOfOrder("MAIL first"));
            case Greeted greeted -> Optional.of(outOfOrder("MAIL first"));
            case Sending sending -> notReady(sending);
            case Chunked chunked -> Optional.<SmtpReply>empty();
        };
        if (refusal.isPresent()) {
            chunks.swallow(command);
            return List.of(refusal.get());
        }
        var step = switch (state) {
            case Sending sending -> {
                state = sending.greeted(); // whatever happens to the chunk
                yield chunks.first(command, sending);
            }
            case Chunked chunked -> {
                state = chunked.sending().greeted();
                yield chunks.next(command, chunked);
            }
            case SmtpState other -> throw new IllegalStateException("no transaction: " + other);
        };
        state = step.state();
        return step.replies();
    }

    /** Why no message may follow now; with LMTP it is always 503 (RFC 2033 §4.2). */
    private Optional<SmtpReply> notReady(Sending sending) {
        if (sending.recipients().count() > 0) {
            return steps.data(sending);
        }
        return Optional.of(
                sending.recipients().allRefused() && server.kind() != SmtpKind.LMTP
                        ? SmtpReply.of(554, "5.5.1", "No valid recipients")
                        : outOfOrder(sending.recipients().allRefused() ? "No valid recipients" : "RCPT first"));
    }

    /** RFC 3030 §3. */
    private static Optional<SmtpReply> binary(Sending sending) {
        return sending.parameters().body() == BodyType.BINARY_MIME
                ? Optional.of(outOfOrder("BINARYMIME comes by BDAT"))
                : Optional.empty();
    }

    private static SmtpReply outOfOrder(String what) {
        return SmtpReply.of(503, "5.5.1", what);
    }
}
