package org.merpati.core.transport;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What MAIL asked for on the message's way, beyond reports.
 *
 * @param smtpUtf8 addresses and header may hold UTF-8 (RFC 6531)
 * @param binary BODY=BINARYMIME (RFC 3030): lines may be of any length and hold any octets
 * @param requireTls RFC 8689
 * @param priority MT-PRIORITY, -9 to 9 (RFC 6710); empty: not said
 */
public record Demands(
        boolean smtpUtf8, boolean binary, boolean requireTls, OptionalInt priority, Optional<DeliverBy> deliverBy) {
    public static final Demands NONE = new Demands(false, false, false, OptionalInt.empty(), Optional.empty());

    public Demands {
        if (priority.isPresent() && Math.abs(priority.getAsInt()) > 9) {
            throw new IllegalArgumentException("a priority is from -9 to 9");
        }
    }

    /**
     * RFC 2852 §4.
     *
     * @param seconds from when MAIL came; with {@code NOTIFY} it may be 0 or less
     * @param trace whether relays are to be reported
     */
    public record DeliverBy(long seconds, Mode mode, boolean trace) {
        /** What happens when the time is over. */
        public enum Mode {
            RETURN,
            NOTIFY
        }
    }
}
