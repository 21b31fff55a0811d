package org.merpati.core.smtp;

import java.time.Duration;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;

/**
 * The settings of one listener.
 *
 * @param maxMessage octets
 * @param delays whether a client that makes mistakes is answered more and more slowly
 */
record SmtpLimits(
        String hostname,
        long maxMessage,
        int maxRecipients,
        Duration commandTimeout,
        Duration sessionTimeout,
        boolean delays) {
    static SmtpLimits of(Config config) {
        return new SmtpLimits(
                config.get(Settings.HOSTNAME),
                config.get(Settings.SMTP_MAX_MESSAGE).octets(),
                config.get(Settings.SMTP_MAX_RECIPIENTS),
                config.get(Settings.SMTP_COMMAND_TIMEOUT),
                config.get(Settings.SMTP_SESSION_TIMEOUT),
                config.get(Settings.LIMITS_ENABLED));
    }
}
