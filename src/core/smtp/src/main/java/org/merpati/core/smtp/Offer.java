package org.merpati.core.smtp;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.sasl.server.ServerMechanism;
import org.merpati.lib.smtp.Extension;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.command.SmtpVerb;

/** What a session offers as it stands: by the kind of its listener, and by whether TLS is on and the client signed in. */
final class Offer {
    /** Nothing that needs more than delivery here. FUTURERELEASE needs a queue, and is offered nowhere. */
    private static final Set<Extension> ALWAYS = EnumSet.of(
            Extension.PIPELINING,
            Extension.SIZE,
            Extension.EIGHT_BIT_MIME,
            Extension.SMTPUTF8,
            Extension.CHUNKING,
            Extension.BINARYMIME,
            Extension.ENHANCEDSTATUSCODES,
            Extension.HELP);

    /** Asked for by people we know and by our own relay; from strangers such wishes are not taken. */
    private static final Set<Extension> FOR_OUR_OWN = EnumSet.of(Extension.DELIVERBY, Extension.MT_PRIORITY);

    private final SmtpServer server;
    private final Connection connection;

    Offer(SmtpServer server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    /** RFC 5321 §4.1.1.1; the parameters as each extension has them. */
    SmtpReply greeting(boolean signedIn) {
        var mechanisms =
                signedIn ? List.<ServerMechanism>of() : server.mechanisms().offered(connection);
        var announced = besidesAuth();
        if (!mechanisms.isEmpty()) {
            announced.add(Extension.AUTH);
        }
        var lines = new ArrayList<String>();
        lines.add(server.limits().hostname());
        for (var extension : announced) {
            lines.add(line(extension, mechanisms));
        }
        return SmtpReply.plain(250, lines.toArray(String[]::new));
    }

    /** In the order they are announced in. */
    private EnumSet<Extension> besidesAuth() {
        var announced = EnumSet.copyOf(ALWAYS);
        if (server.kind() != SmtpKind.MX) {
            announced.addAll(FOR_OUR_OWN);
        }
        if (server.kind() == SmtpKind.SUBMISSION) {
            // elsewhere the server in front reports (RFC 3461 §5.2.2), as no report can be sent from here to where
            // senders are
            announced.add(Extension.DSN);
        }
        if (connection.canSecure()) {
            announced.add(Extension.STARTTLS);
        }
        if (connection.secure()) {
            announced.add(Extension.REQUIRETLS);
        }
        if (!server.limits().noSoliciting().isEmpty()) {
            announced.add(Extension.NO_SOLICITING);
        }
        announced.add(Extension.LIMITS);
        return announced;
    }

    /**
     * What the session understands: what is announced, and what it has a better answer to than that it does not know it.
     * BDAT is always understood, because its octets must not be taken for commands.
     */
    Set<Extension> understood() {
        var understood = besidesAuth();
        understood.add(Extension.REQUIRETLS);
        understood.add(Extension.STARTTLS);
        if (server.kind() == SmtpKind.SUBMISSION) {
            understood.add(Extension.AUTH);
        }
        return understood;
    }

    /** The verbs that can have another answer than 502 here, for HELP. */
    String verbs() {
        var verbs = EnumSet.of(
                server.kind() == SmtpKind.LMTP ? SmtpVerb.LHLO : SmtpVerb.EHLO,
                SmtpVerb.MAIL,
                SmtpVerb.RCPT,
                SmtpVerb.DATA,
                SmtpVerb.BDAT,
                SmtpVerb.RSET,
                SmtpVerb.NOOP,
                SmtpVerb.QUIT,
                SmtpVerb.VRFY,
                SmtpVerb.HELP);
        if (server.kind() != SmtpKind.LMTP) {
            verbs.add(SmtpVerb.HELO);
        }
        if (connection.canSecure()) {
            verbs.add(SmtpVerb.STARTTLS);
        }
        if (server.kind() == SmtpKind.SUBMISSION) {
            verbs.add(SmtpVerb.AUTH);
        }
        return verbs.stream().map(SmtpVerb::name).collect(Collectors.joining(" "));
    }

    private String line(Extension extension, List<ServerMechanism> mechanisms) {
        var limits = server.limits();
        var parameters = switch (extension) {
            case SIZE -> String.valueOf(limits.maxMessage());
            case AUTH -> mechanisms.stream().map(ServerMechanism::token).collect(Collectors.joining(" "));
            case NO_SOLICITING -> String.join(",", limits.noSoliciting());
            case LIMITS -> limits(limits);
            default -> "";
        };
        return parameters.isEmpty() ? extension.keyword() : extension.keyword() + " " + parameters;
    }

    /** RFC 9422 §4. */
    private static String limits(SmtpLimits limits) {
        var parts = new ArrayList<String>();
        if (limits.maxMessages() < Integer.MAX_VALUE) {
            parts.add("MAILMAX=" + limits.maxMessages());
        }
        parts.add("RCPTMAX=" + limits.maxRecipients());
        return String.join(" ", parts);
    }
}
