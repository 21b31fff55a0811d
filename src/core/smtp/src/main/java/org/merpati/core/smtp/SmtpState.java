package org.merpati.core.smtp;

import org.merpati.lib.smtp.command.Mail;

/** How far a session has come (RFC 5321 §4.1.4). A transaction lives in {@link Sending} alone and is dropped with it. */
sealed interface SmtpState {
    /** The client has not said who it is. */
    record Connected() implements SmtpState {
        @Override
        public SmtpState reset() {
            return this;
        }
    }

    /** @param extended whether it came with EHLO */
    record Greeted(String client, boolean extended) implements SmtpState {
        Sending mail(Mail mail) {
            return new Sending(this, mail, new Recipients());
        }

        @Override
        public SmtpState reset() {
            return this;
        }
    }

    /** A transaction is open. */
    record Sending(Greeted greeted, Mail mail, Recipients recipients) implements SmtpState {
        @Override
        public Greeted reset() {
            return greeted;
        }
    }

    /** The state without its transaction. */
    SmtpState reset();
}
