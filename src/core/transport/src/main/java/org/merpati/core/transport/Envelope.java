package org.merpati.core.transport;

import java.net.InetAddress;
import java.util.List;
import org.merpati.core.api.directory.Recipient;

/**
 * Who sent a message how, and for whom.
 *
 * @param reversePath the MAIL FROM address without angle brackets; empty for the null sender
 * @param recipients each address that was named, once; two of them may lead to the same account
 * @param helo what the client called itself
 * @param protocol the {@code with} word of RFC 3848: SMTP, ESMTP, ESMTPS …
 */
public record Envelope(
        String reversePath, List<Recipient.Local> recipients, String helo, InetAddress client, String protocol) {
    public Envelope {
        recipients = List.copyOf(recipients);
    }
}
