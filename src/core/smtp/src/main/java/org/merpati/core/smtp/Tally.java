package org.merpati.core.smtp;

import java.time.Duration;

/**
 * What one session has done so far, against its limits. Commands that were not right are answered later and later; whoever
 * goes on trying logins or recipients waits as well, and then the session ends.
 */
final class Tally {
    private static final int MOST_MISTAKES = 20;
    private static final int FREE = 5;
    private static final Duration STEP = Duration.ofMillis(500);

    private final SmtpLimits limits;
    private int mistakes;
    private int badLogins;
    private int badRecipients;
    private int messages;

    Tally(SmtpLimits limits) {
        this.limits = limits;
    }

    /** One more mistake; how long to wait before it is answered. */
    Duration mistake() {
        mistakes++;
        return limits.delays() && mistakes > FREE ? STEP.multipliedBy(mistakes - FREE) : Duration.ZERO;
    }

    /** One more failed login; how long to wait before it is answered. */
    Duration badLogin() {
        badLogins++;
        return limits.refusalDelay();
    }

    /** One more recipient that was refused; how long to wait before it is answered. */
    Duration badRecipient() {
        badRecipients++;
        return limits.refusalDelay();
    }

    /**
     * One more transaction asked for.
     *
     * @throws SessionEnd when there were enough
     */
    void message() {
        messages++;
        if (messages > limits.maxMessages()) {
            throw new SessionEnd("4.7.0", "enough messages, the others in another session, please");
        }
    }

    /** @throws SessionEnd when there was too much of something */
    void check() {
        if (mistakes >= MOST_MISTAKES) {
            throw new SessionEnd("4.7.0", "too many mistakes");
        }
        if (badLogins >= limits.maxBadLogins()) {
            throw new SessionEnd("4.7.0", "too many failed logins");
        }
        if (badRecipients >= limits.maxBadRecipients()) {
            throw new SessionEnd("4.7.0", "too many refused recipients");
        }
    }
}
