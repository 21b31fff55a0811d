package org.merpati.core.transport;

import java.time.ZonedDateTime;
import java.util.List;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.field.DateTime;
import org.merpati.lib.mime.write.Edits;

/**
 * What is put right in a message that its author hands over (RFC 6409 §8): Date and Message-ID where there is none, and no word of
 * those who get a blind copy (RFC 5322 §3.6.3). From and Sender stay as they are.
 */
final class Submitted {
    private static final List<String> BLIND = List.of("Bcc", "Resent-Bcc");

    private Submitted() {}

    /** The fields that it lacks, each with its CRLF. */
    static String missing(Header header, String hostname, String id, ZonedDateTime now) {
        var fields = new StringBuilder();
        if (header.first("Date").isEmpty()) {
            fields.append("Date: ")
                    .append(DateTime.format(now.toOffsetDateTime()))
                    .append("\r\n");
        }
        if (header.first("Message-ID").isEmpty()) {
            fields.append("Message-ID: <" + id + "@" + hostname + ">\r\n");
        }
        return fields.toString();
    }

    static void removeBlind(Header header, Edits edits) {
        for (var name : BLIND) {
            header.all(name)
                    .forEach(field -> edits.replace(header.start() + field.start(), header.start() + field.end(), ""));
        }
    }
}
