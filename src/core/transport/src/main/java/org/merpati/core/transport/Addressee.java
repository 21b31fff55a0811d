package org.merpati.core.transport;

import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.directory.Recipient;
import org.merpati.lib.smtp.command.Notify;
import org.merpati.lib.smtp.command.OriginalRecipient;

/**
 * One RCPT.
 *
 * @param recipient where its mail goes
 * @param address as the client gave it, without angle brackets; in the case and form that they chose
 */
public record Addressee(Recipient.Local recipient, String address, Dsn dsn) {
    /** Somebody of whom no more is said. */
    public Addressee(Recipient.Local recipient) {
        this(recipient, recipient.address().toString(), Dsn.USUAL);
    }

    /**
     * What the sender wants to hear of this recipient.
     *
     * @param wishes NOTIFY, an empty set being NEVER (RFC 3461 §4.1); empty: nothing was said, so failures and perhaps delays
     * @param original ORCPT
     */
    public record Dsn(Optional<Set<Notify>> wishes, Optional<OriginalRecipient> original) {
        public static final Dsn USUAL = new Dsn(Optional.empty(), Optional.empty());

        boolean wants(Notify what) {
            return wishes.filter(set -> set.contains(what)).isPresent();
        }
    }
}
