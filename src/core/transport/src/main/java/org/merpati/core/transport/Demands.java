package org.merpati.core.transport;

import java.util.Optional;
import java.util.OptionalInt;
import org.merpati.lib.smtp.command.DeliverBy;

/**
 * What MAIL asked for on the message's way, beyond reports.
 *
 * @param smtpUtf8 addresses and header may hold UTF-8 (RFC 6531)
 * @param binary BODY=BINARYMIME (RFC 3030): lines may be of any length and hold any octets
 * @param requireTls RFC 8689
 * @param priority MT-PRIORITY, -9 to 9 (RFC 6710); empty: not said
 * @param deliverBy BY, counted from when MAIL came
 */
public record Demands(
        boolean smtpUtf8, boolean binary, boolean requireTls, OptionalInt priority, Optional<DeliverBy> deliverBy) {
    public static final Demands NONE = new Demands(false, false, false, OptionalInt.empty(), Optional.empty());

    public Demands {
        if (priority.isPresent() && Math.abs(priority.getAsInt()) > 9) {
            throw new IllegalArgumentException("a priority is from -9 to 9");
        }
    }
}
