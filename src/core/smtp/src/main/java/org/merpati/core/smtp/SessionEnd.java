package org.merpati.core.smtp;

/** The session ends here, from our side: 421 with this enhanced code and reason. */
final class SessionEnd extends RuntimeException {
    private final String enhanced;
    private final String reason;

    /** @param reason printable ASCII, made by us */
    SessionEnd(String enhanced, String reason) {
        super(reason, null, false, false);
        this.enhanced = enhanced;
        this.reason = reason;
    }

    String enhanced() {
        return enhanced;
    }

    String reason() {
        return reason;
    }
}
