package org.merpati.core.api.stage;

import java.util.List;

/**
 * A transaction that has its recipients.
 *
 * @param mail its sender as rewritten
 * @param recipients that have been taken, as rewritten, in their order, each once
 */
public record SmtpTransaction(MailRequest mail, List<String> recipients) {
    public SmtpTransaction {
        recipients = List.copyOf(recipients);
    }
}
