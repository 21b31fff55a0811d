package org.merpati.core.transport;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import org.merpati.lib.mime.field.DateTime;

/** The part of a report that programs read (RFC 3464 §2). ASCII: other characters are written as RFC 6533 §3 has it. */
final class DeliveryStatus {
    private DeliveryStatus() {}

    /** That each of these has got the message. */
    static byte[] of(String hostname, Report asked, ZonedDateTime arrival, List<Addressee> delivered) {
        var status = new StringBuilder();
        asked.envelopeId().ifPresent(id -> field(status, "Original-Envelope-Id", line(id)));
        field(status, "Reporting-MTA", "dns; " + hostname);
        field(status, "Arrival-Date", DateTime.format(arrival.toOffsetDateTime()));
        for (var addressee : delivered) {
            status.append("\r\n");
            addressee
                    .dsn()
                    .original()
                    .ifPresent(original -> field(
                            status, "Original-Recipient", line(original.type()) + ";" + escaped(original.address())));
            field(status, "Final-Recipient", typed(addressee.address()));
            // our lists keep the sender's address, so they are aliases of several in the sense of RFC 3461 §5.2.7.3
            field(status, "Action", addressee.recipient().accounts().size() == 1 ? "delivered" : "expanded");
            field(status, "Status", "2.0.0");
        }
        return status.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void field(StringBuilder status, String name, String value) {
        status.append(name).append(": ").append(value).append("\r\n");
    }

    private static String typed(String address) {
        boolean ascii = address.chars().allMatch(c -> c < 0x80);
        return (ascii ? "rfc822;" : "utf-8;") + escaped(address);
    }

    /** One line of ASCII, all else as {@code \x{…}}. */
    private static String escaped(String address) {
        var text = new StringBuilder();
        address.codePoints().forEach(c -> {
            if (c >= ' ' && c < 0x7f) {
                text.appendCodePoint(c);
            } else {
                text.append("\\x{")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append('}');
            }
        });
        return text.toString();
    }

    private static String line(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
