package org.merpati.core.transport;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.directory.Recipient;

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

    /** RFC 3461 §4.1. */
    public enum Notify {
        NEVER,
        SUCCESS,
        FAILURE,
        DELAY
    }

    /**
     * What the sender wants to hear of this recipient.
     *
     * @param wanted NOTIFY; empty: nothing was said, so failures and perhaps delays
     * @param original ORCPT
     */
    public record Dsn(Set<Notify> wanted, Optional<OriginalRecipient> original) {
        public static final Dsn USUAL = new Dsn(Set.of(), Optional.empty());

        public Dsn {
            wanted = wanted.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(wanted));
            if (wanted.contains(Notify.NEVER) && wanted.size() > 1) {
                throw new IllegalArgumentException("NEVER stands alone"); // RFC 3461 §4.1
            }
        }
    }

    /**
     * RFC 3461 §4.2.
     *
     * @param type {@code rfc822}, {@code utf-8} (RFC 6533 §3) …
     * @param address out of its xtext
     */
    public record OriginalRecipient(String type, String address) {}
}
