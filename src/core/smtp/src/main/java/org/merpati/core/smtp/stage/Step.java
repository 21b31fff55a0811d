package org.merpati.core.smtp.stage;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.merpati.core.api.config.ThrottleKey;
import org.merpati.core.api.stage.MailRequest;
import org.merpati.core.api.stage.RcptRequest;
import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.lib.expression.Names;
import org.merpati.lib.expression.Value;
import org.merpati.lib.expression.Variables;

/** What rules can know at one step of a session. Domains are in lower case, addresses as the client wrote them. */
record Step(SmtpSessionView session, Optional<MailRequest> mail, Optional<String> recipient) implements Variables {
    static final Names NAMES = Names.of(
            "remote_ip",
            "remote_port",
            "local_ip",
            "local_port",
            "listener",
            "protocol",
            "is_tls",
            "helo_domain",
            "authenticated_as",
            "sender",
            "sender_domain",
            "rcpt",
            "rcpt_domain");

    static Step of(SmtpSessionView session) {
        return new Step(session, Optional.empty(), Optional.empty());
    }

    static Step of(SmtpSessionView session, MailRequest mail) {
        return new Step(session, Optional.of(mail), Optional.empty());
    }

    static Step of(SmtpSessionView session, RcptRequest rcpt) {
        return new Step(session, Optional.of(rcpt.mail()), Optional.of(rcpt.recipient()));
    }

    Optional<String> sender() {
        return mail.map(MailRequest::sender);
    }

    /** Behind the last {@code @}, in lower case; empty text where there is none. */
    static String domain(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? "" : address.substring(at + 1).toLowerCase(Locale.ROOT);
    }

    /** By what a throttle counts, in lower case; empty where the session has none. */
    Optional<String> value(ThrottleKey key) {
        var value = switch (key) {
            case LISTENER -> Optional.of(session.listener());
            case REMOTE_IP -> Optional.of(network(session.remoteIp()));
            case LOCAL_IP -> Optional.of(text(session.localIp()));
            case HELO_DOMAIN -> session.heloDomain();
            case AUTHENTICATED_AS -> session.authenticatedAs();
            case SENDER -> sender();
            case SENDER_DOMAIN -> sender().map(Step::domain);
            case RCPT -> recipient;
            case RCPT_DOMAIN -> recipient.map(Step::domain);
        };
        return value.map(text -> text.toLowerCase(Locale.ROOT));
    }

    private static String network(InetAddress address) {
        var octets = address.getAddress();
        return octets.length == 4 ? address.getHostAddress() : HexFormat.of().formatHex(octets, 0, 8) + "/64";
    }

    @Override
    public Value get(String name) {
        return switch (name) {
            case "remote_ip" -> Value.of(text(session.remoteIp()));
            case "remote_port" -> Value.of(session.peer().getPort());
            case "local_ip" -> Value.of(text(session.localIp()));
            case "local_port" -> Value.of(session.local().getPort());
            case "listener" -> Value.of(session.listener());
            case "protocol" -> Value.of(session.protocol());
            case "is_tls" -> Value.of(session.secure());
            case "helo_domain" -> text(session.heloDomain().map(domain -> domain.toLowerCase(Locale.ROOT)));
            case "authenticated_as" -> text(session.authenticatedAs());
            case "sender" -> text(sender());
            case "sender_domain" -> text(sender().map(Step::domain));
            case "rcpt" -> text(recipient);
            case "rcpt_domain" -> text(recipient.map(Step::domain));
            default -> throw new IllegalArgumentException("no such variable: " + name);
        };
    }

    /** In figures, without the scope of a link-local one. */
    private static String text(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    private static Value text(Optional<String> text) {
        return Value.of(text.orElse(""));
    }
}
