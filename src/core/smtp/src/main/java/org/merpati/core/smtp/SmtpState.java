package org.merpati.core.smtp;

import java.util.Optional;
import org.merpati.core.api.directory.Principal;
import org.merpati.lib.smtp.command.MailParameters;
import org.merpati.lib.smtp.path.ReversePath;

/** How far a session has come (RFC 5321 §4.1.4). A transaction lives in {@link Sending} and is dropped with it. */
sealed interface SmtpState {
    /** The client has not said who it is. */
    record Connected() implements SmtpState {
        @Override
        public SmtpState reset() {
            return this;
        }
    }

    /**
     * @param extended whether it came with EHLO or LHLO
     * @param user who is signed in
     */
    record Greeted(String client, boolean extended, Optional<Principal.User> user) implements SmtpState {
        Sending mail(ReversePath from, MailParameters parameters) {
            return new Sending(this, from, parameters, new Recipients());
        }

        @Override
        public SmtpState reset() {
            return this;
        }
    }

    /**
     * A transaction is open.
     *
     * @param from who it is from, which may be another than the client said
     */
    record Sending(Greeted greeted, ReversePath from, MailParameters parameters, Recipients recipients)
            implements SmtpState {
        @Override
        public Greeted reset() {
            return greeted;
        }
    }

    /** The first chunk of a message has come, the last has not (RFC 3030 §2). */
    record Chunked(Sending sending, Chunks chunks) implements SmtpState {
        @Override
        public Greeted reset() {
            chunks.close();
            return sending.greeted();
        }
    }

    /** The state without its transaction, of which nothing is held any longer. */
    SmtpState reset();
}
