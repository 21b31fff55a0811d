package org.merpati.core.smtp;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Function;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.stage.AddressVerdict;
import org.merpati.core.api.stage.MailRequest;
import org.merpati.core.api.stage.RcptRequest;
import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.SmtpTransaction;
import org.merpati.core.api.stage.Verdict;
import org.merpati.core.smtp.SmtpState.Greeted;
import org.merpati.core.smtp.SmtpState.Sending;
import org.merpati.core.smtp.stage.RewrittenAddress;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.command.MailParameters;
import org.merpati.lib.smtp.path.ForwardPath;
import org.merpati.lib.smtp.path.ReversePath;

/**
 * Asks the stages at each step of one session, and words what they say: empty is nothing against it, {@link SessionEnd} that
 * the session is over.
 */
final class Steps {
    private static final Logger LOG = System.getLogger(Steps.class.getName());

    /** An address as a step leaves it, or why it is refused. */
    sealed interface Addressed<P> {
        record To<P>(P path) implements Addressed<P> {}

        record No<P>(SmtpReply why) implements Addressed<P> {}
    }

    private final SmtpStage stages;
    private final String protocol;
    private final Connection connection;

    Steps(SmtpServer server, Connection connection) {
        this.stages = server.stages();
        this.protocol = switch (server.kind()) {
            case MX -> "smtp";
            case SUBMISSION -> "submission";
            case LMTP -> "lmtp";
        };
        this.connection = connection;
    }

    Optional<SmtpReply> connect() {
        return refusal("connect", stages.connect(view(Optional.empty(), Optional.empty())));
    }

    Optional<SmtpReply> ehlo(Greeted greeted) {
        return refusal("ehlo", stages.ehlo(view(greeted)));
    }

    /** @param user who has proved to be that */
    Optional<SmtpReply> auth(Greeted greeted, Principal.User user) {
        return refusal("auth", stages.auth(view(Optional.of(greeted.client()), Optional.of(user))));
    }

    Addressed<ReversePath> mail(Greeted greeted, MailRequest request, ReversePath given) {
        return addressed(
                "mail",
                stages.mail(view(greeted), request),
                given,
                text -> RewrittenAddress.sender(text, request.smtpUtf8()));
    }

    Addressed<ForwardPath> rcpt(Sending sending, RcptRequest request, ForwardPath given) {
        var verdict = stages.rcpt(view(sending.greeted()), request);
        return addressed(
                "rcpt",
                verdict,
                given,
                text -> RewrittenAddress.recipient(text, request.mail().smtpUtf8()));
    }

    Optional<SmtpReply> data(Sending sending) {
        return refusal("data", stages.data(view(sending.greeted()), transaction(sending)));
    }

    Optional<SmtpReply> message(Sending sending, Content message) {
        return refusal("message", stages.message(view(sending.greeted()), transaction(sending), message));
    }

    static MailRequest request(ReversePath from, MailParameters parameters) {
        return new MailRequest(from.text(), parameters.size().orElse(0), parameters.smtpUtf8());
    }

    private <P> Addressed<P> addressed(
            String step, AddressVerdict verdict, P given, Function<String, Optional<P>> reader) {
        return switch (verdict) {
            case Verdict v ->
                refusal(step, v).<Addressed<P>>map(Addressed.No::new).orElseGet(() -> new Addressed.To<>(given));
            case AddressVerdict.Replace(var address) ->
                reader.apply(address).<Addressed<P>>map(Addressed.To::new).orElseGet(() -> {
                    LOG.log(
                            Level.WARNING,
                            () -> connection.id() + ": a stage of " + step + " gave no address: " + address);
                    return new Addressed.No<>(
                            SmtpReply.of(451, "4.3.5", "This server is not set up right, try again later"));
                });
        };
    }

    private Optional<SmtpReply> refusal(String step, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Continue() -> Optional.empty();
            case Verdict.Refuse(int code, var enhanced, var text) -> {
                var reply = SmtpReply.of(code, enhanced, text);
                LOG.log(Level.INFO, () -> connection.id() + ": refused at " + step + ": " + reply);
                yield Optional.of(reply);
            }
            case Verdict.Close(var text) -> {
                LOG.log(Level.INFO, () -> connection.id() + ": closed at " + step + ": " + text);
                throw new SessionEnd("4.7.0", text);
            }
        };
    }

    private static SmtpTransaction transaction(Sending sending) {
        return new SmtpTransaction(
                request(sending.from(), sending.parameters()),
                sending.recipients().all().stream()
                        .map(addressee -> addressee.recipient().address().toString())
                        .toList());
    }

    private SmtpSessionView view(Greeted greeted) {
        return view(Optional.of(greeted.client()), greeted.user());
    }

    private SmtpSessionView view(Optional<String> client, Optional<Principal.User> user) {
        return new SmtpSessionView(
                connection.id(),
                connection.listener(),
                protocol,
                connection.peer(),
                connection.local(),
                connection.tls(),
                client,
                user.map(Principal.User::name));
    }
}
