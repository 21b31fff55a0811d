package org.merpati.core.smtp;

import java.time.Duration;
import java.util.List;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;

/**
 * The settings of one listener. What is not counted there has the greatest number for its limit.
 *
 * @param maxMessage octets
 * @param delays whether a client that makes mistakes is answered more and more slowly
 * @param maxMessages transactions in a session, begun or refused
 * @param maxTransfer octets of a session
 * @param refusalDelay before a failed login and a refused recipient are answered
 * @param noSoliciting keywords, as the administrator wrote them
 * @param allowPlaintext whether passwords are taken in clear from this host itself
 */
record SmtpLimits(
        String hostname,
        long maxMessage,
        int maxRecipients,
        Duration commandTimeout,
        Duration sessionTimeout,
        boolean delays,
        int maxMessages,
        long maxTransfer,
        int maxBadRecipients,
        int maxBadLogins,
        Duration refusalDelay,
        List<String> noSoliciting,
        boolean allowPlaintext) {
    static SmtpLimits of(Config config, SmtpKind kind) {
        boolean limits = config.get(Settings.LIMITS_ENABLED);
        boolean counted = limits && kind != SmtpKind.LMTP; // a neighbour of ours, which hands over what it has taken
        return new SmtpLimits(
                config.get(Settings.HOSTNAME),
                config.get(Settings.SMTP_MAX_MESSAGE).octets(),
                config.get(Settings.SMTP_MAX_RECIPIENTS),
                config.get(Settings.SMTP_COMMAND_TIMEOUT),
                config.get(Settings.SMTP_SESSION_TIMEOUT),
                limits,
                counted ? config.get(Settings.SMTP_MAX_MESSAGES) : Integer.MAX_VALUE,
                counted ? config.get(Settings.SMTP_MAX_TRANSFER).octets() : Long.MAX_VALUE,
                counted ? config.get(Settings.SMTP_MAX_BAD_RECIPIENTS) : Integer.MAX_VALUE,
                limits ? config.get(Settings.SMTP_MAX_BAD_LOGINS) : Integer.MAX_VALUE,
                counted ? config.get(Settings.SMTP_REFUSAL_DELAY) : Duration.ZERO,
                config.get(Settings.SMTP_NO_SOLICITING),
                config.get(Settings.AUTH_ALLOW_PLAINTEXT));
    }
}
