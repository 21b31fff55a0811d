package org.merpati.core.smtp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.smtp.Leniency;
import org.merpati.lib.smtp.SmtpInput;
import org.merpati.lib.smtp.SmtpOutput;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;
import org.merpati.lib.smtp.command.Quit;
import org.merpati.lib.smtp.command.SmtpCommand;
import org.merpati.lib.smtp.command.SmtpVerb;
import org.merpati.lib.smtp.command.SmtpVerb.Effect;

/** One connection from greeting to goodbye, on its thread: reads a command, has it run, answers. */
final class SmtpSession {
    private static final Logger LOG = System.getLogger(SmtpSession.class.getName());

    private final Connection connection;
    private final String hostname;
    private final String banner;
    private final SmtpOutput replies;
    private final SessionInput source;
    private final SmtpInput in;
    private final Tally tally;
    private final Steps steps;
    private final Commands commands;
    private boolean over;

    SmtpSession(Connection connection, SmtpServer server) {
        this.connection = connection;
        this.hostname = server.limits().hostname();
        this.banner = hostname + (server.kind() == SmtpKind.LMTP ? " LMTP" : " ESMTP") + " Merpati ready";
        this.replies = new SmtpOutput(connection.out());
        this.source = new SessionInput(
                connection, replies, server, SmtpFailures.closing(hostname, "is stopping, try again later") + "\r\n");
        this.in = new SmtpInput(source);
        this.tally = new Tally(server.limits());
        this.steps = new Steps(server, connection);
        this.commands = new Commands(connection, server, replies, source, in, tally, steps);
    }

    void run() throws IOException {
        try {
            var refusal = steps.connect();
            replies.write(refusal.orElseGet(() -> SmtpReply.plain(220, banner)));
            over = refusal.isPresent();
            while (!over) {
                next();
            }
        } catch (SessionEnd e) {
            close(e.enhanced(), e.reason());
        } catch (SessionInput.SessionOver e) {
            close("4.4.2", "the session lasted too long");
        } catch (SocketTimeoutException e) {
            close("4.4.2", "nothing came for too long");
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, connection.id() + ": the session failed", e);
            close("4.3.0", "internal error");
        } finally {
            commands.forget();
        }
        replies.flush();
    }

    private void next() throws IOException {
        List<SmtpReply> answers;
        var verb = Optional.<SmtpVerb>empty();
        try {
            var command = SmtpCommand.parse(in.line(), Leniency.ALL, commands.understood());
            verb = Optional.of(command.verb());
            answers = commands.run(command);
            over = command instanceof Quit;
        } catch (SmtpSyntaxException e) {
            answers = List.of(e.reply());
            over = e.fault() == Fault.CHUNK; // nobody knows where the next command begins
        } catch (NotDone e) {
            answers = List.of(SmtpFailures.replyFor(e));
        }
        for (var reply : answers) {
            var delay = delay(verb, reply);
            if (delay.isPositive()) {
                source.rest(delay);
            }
            replies.write(reply);
        }
        tally.check();
        if (verb.filter(v -> v.has(Effect.REPLY_MAY_WAIT)).isEmpty()) {
            replies.flush(); // the others go out when the input is used up: SessionInput
        }
    }

    /** How long this reply has to wait. */
    private Duration delay(Optional<SmtpVerb> verb, SmtpReply reply) {
        if (isMistake(reply)) {
            return tally.mistake();
        }
        if (reply.code() == 535) {
            return tally.badLogin();
        }
        if (verb.equals(Optional.of(SmtpVerb.RCPT)) && reply.code() / 100 == 5) {
            return tally.badRecipient();
        }
        return Duration.ZERO;
    }

    /** Whether the client spoke SMTP wrongly, or without what it needs. A recipient or a message that is refused is not that. */
    private static boolean isMistake(SmtpReply reply) {
        return switch (reply.code()) {
            case 500, 501, 502, 503, 504, 530, 538, 555 -> true;
            default -> false;
        };
    }

    private void close(String enhanced, String reason) throws IOException {
        LOG.log(Level.INFO, () -> connection.id() + ": closed: " + reason);
        replies.write(SmtpReply.of(421, enhanced, hostname + " closes the connection: " + reason));
        over = true;
    }
}
