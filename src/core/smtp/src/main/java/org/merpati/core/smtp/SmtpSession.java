package org.merpati.core.smtp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.util.Set;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.session.Connection;
import org.merpati.core.smtp.SmtpState.Connected;
import org.merpati.core.smtp.SmtpState.Greeted;
import org.merpati.core.smtp.SmtpState.Sending;
import org.merpati.lib.smtp.Extension;
import org.merpati.lib.smtp.Leniency;
import org.merpati.lib.smtp.SmtpInput;
import org.merpati.lib.smtp.SmtpOutput;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.command.Auth;
import org.merpati.lib.smtp.command.Bdat;
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
import org.merpati.lib.smtp.command.SmtpVerb.Effect;
import org.merpati.lib.smtp.command.StartTls;
import org.merpati.lib.smtp.command.Vrfy;

/** One connection from greeting to goodbye, on its thread. */
final class SmtpSession {
    private static final Logger LOG = System.getLogger(SmtpSession.class.getName());

    private static final Set<Extension> OFFERED = Set.of(Extension.SIZE, Extension.EIGHT_BIT_MIME);

    private final Connection connection;
    private final String hostname;
    private final SmtpLimits limits;
    private final SmtpOutput replies;
    private final SessionInput source;
    private final SmtpInput in;
    private final MailHandler mail;
    private final RcptHandler rcpt;
    private final DataConversation data;
    private final Mistakes mistakes;
    private SmtpState state = new Connected();
    private boolean over;

    SmtpSession(Connection connection, SmtpServer server) {
        this.connection = connection;
        this.limits = server.limits();
        this.hostname = limits.hostname();
        this.replies = new SmtpOutput(connection.out());
        this.source = new SessionInput(
                connection, replies, server, SmtpFailures.closing(hostname, "is stopping, try again later") + "\r\n");
        this.in = new SmtpInput(source);
        this.mail = new MailHandler(server);
        this.rcpt = new RcptHandler(server, connection.local().getAddress());
        this.data = new DataConversation(connection, server, replies, source, in);
        this.mistakes = new Mistakes(limits.delays());
    }

    void run() throws IOException {
        replies.write(SmtpReply.plain(220, hostname + " ESMTP Merpati ready"));
        try {
            while (!over) {
                next();
            }
        } catch (SessionInput.SessionOver e) {
            close("4.4.2", "the session lasted too long");
        } catch (SocketTimeoutException e) {
            close("4.4.2", "nothing came for too long");
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, connection.id() + ": the session failed", e);
            close("4.3.0", "internal error");
        }
        replies.flush();
    }

    private void next() throws IOException {
        SmtpReply reply;
        boolean mayWait = false;
        try {
            var command = SmtpCommand.parse(in.line(), Leniency.ALL, OFFERED);
            mayWait = command.verb().has(Effect.REPLY_MAY_WAIT);
            reply = run(command);
        } catch (SmtpSyntaxException e) {
            reply = e.reply();
        } catch (NotDone e) {
            reply = SmtpFailures.replyFor(e);
        }
        if (isMistake(reply)) {
            mistakes.oneMore();
            var delay = mistakes.delay();
            if (delay.isPositive()) {
                source.rest(delay);
            }
        }
        replies.write(reply);
        if (mistakes.tooMany()) {
            LOG.log(Level.INFO, () -> connection.id() + ": too many mistakes");
            close("4.7.0", "too many mistakes");
        }
        if (!mayWait) { // the others go out when the input is used up: SessionInput
            replies.flush();
        }
    }

    private SmtpReply run(SmtpCommand command) throws IOException {
        return switch (command) {
            case SmtpCommand.AnyTime c -> anyTime(c);
            case SmtpCommand.BeginsTransaction c ->
                switch (state) {
                    case Connected() -> outOfOrder("EHLO first");
                    case Greeted greeted -> begin(greeted, c);
                    case Sending sending -> outOfOrder("A transaction is open already");
                };
            case SmtpCommand.InTransaction c ->
                state instanceof Sending sending ? inTransaction(sending, c) : outOfOrder("MAIL first");
        };
    }

    private SmtpReply anyTime(SmtpCommand.AnyTime command) {
        return switch (command) {
            case Ehlo(var client) -> {
                state = new Greeted(client, true); // and with it any transaction ends (RFC 5321 §4.1.4)
                yield SmtpReply.plain(
                        250,
                        hostname,
                        "PIPELINING",
                        "SIZE " + limits.maxMessage(),
                        "8BITMIME",
                        "ENHANCEDSTATUSCODES",
                        "HELP");
            }
            case Helo(var client) -> {
                state = new Greeted(client, false);
                yield SmtpReply.plain(250, hostname);
            }
            case Rset() -> {
                state = state.reset();
                yield SmtpReply.of(250, "2.0.0", "Reset");
            }
            case Noop() -> SmtpReply.of(250, "2.0.0", "Ok");
            case Quit() -> {
                over = true;
                yield SmtpReply.of(221, "2.0.0", hostname + " closes the connection");
            }
            // RFC 5321 §7.3: who has mail here is not told this way
            case Vrfy(var about) -> SmtpReply.of(252, "2.0.0", "Not verified: send the message, and it will be seen");
            case Help() ->
                SmtpReply.of(
                        214, "2.0.0", "Commands: EHLO HELO MAIL RCPT DATA RSET NOOP QUIT VRFY HELP", "See RFC 5321");
            case Lhlo c -> notOffered(c.verb());
            case Auth c -> notOffered(c.verb());
            case StartTls c -> notOffered(c.verb());
            case Bdat c -> notOffered(c.verb());
            case NotOffered(var verb) -> notOffered(verb);
        };
    }

    private static SmtpReply notOffered(SmtpVerb verb) {
        return SmtpReply.of(502, "5.5.1", verb + " is not offered here");
    }

    private SmtpReply begin(Greeted greeted, SmtpCommand.BeginsTransaction command) {
        return switch (command) {
            case Mail m ->
                mail.refusal(m).orElseGet(() -> {
                    state = greeted.mail(m);
                    return SmtpReply.of(250, "2.1.0", "Sender <" + m.from().text() + "> ok");
                });
        };
    }

    private SmtpReply inTransaction(Sending sending, SmtpCommand.InTransaction command) throws IOException {
        return switch (command) {
            case Rcpt r -> rcpt.run(r, sending);
            case Data() -> {
                if (sending.recipients().count() == 0) {
                    yield sending.recipients().allRefused()
                            ? SmtpReply.of(554, "5.5.1", "No valid recipients")
                            : outOfOrder("RCPT first");
                }
                state = sending.reset();
                yield data.run(sending);
            }
        };
    }

    private static SmtpReply outOfOrder(String what) {
        return SmtpReply.of(503, "5.5.1", what);
    }

    /** Whether the client spoke SMTP wrongly. A recipient or a message that is refused is not that. */
    private static boolean isMistake(SmtpReply reply) {
        return (reply.code() >= 500 && reply.code() <= 504) || reply.code() == 555;
    }

    private void close(String enhanced, String reason) throws IOException {
        replies.write(SmtpReply.of(421, enhanced, hostname + " closes the connection: " + reason));
        over = true;
    }
}
