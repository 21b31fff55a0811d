package org.merpati.core.api.config;

import java.util.Locale;

/** The steps of an SMTP session that throttles may count, in their order. */
public enum ThrottleStep {
    CONNECT,
    EHLO,
    AUTH,
    MAIL,
    RCPT;

    /** As in the settings: {@code rcpt}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
