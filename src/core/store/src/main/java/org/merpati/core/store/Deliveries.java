package org.merpati.core.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.mail.AccountId;
import org.merpati.lib.mime.StoredStructure;

/** The one transaction that makes a received message the recipients' mail. */
public interface Deliveries {
    /**
     * A message whose bytes are already on stable storage.
     *
     * @param id of this delivery; at most one email of an account carries it, so that a delivery whose outcome is unknown
     *     can be asked for and repeated without harm
     * @param headerSize octets up to and with the empty line that ends the header
     * @param subject decoded, for searches; empty when there is none
     * @param structure of the message, read once from these bytes
     * @param preview its text's beginning (RFC 8621 §4.1.4)
     */
    record Delivery(
            UUID id,
            Blob blob,
            List<AccountId> recipients,
            Instant received,
            int headerSize,
            String subject,
            StoredStructure structure,
            String preview) {
        public Delivery {
            recipients = recipients.stream().distinct().sorted().toList();
        }
    }

    /** The recipients that are gone meanwhile; the others have the message in their INBOX. */
    record Delivered(List<AccountId> gone) {}

    /**
     * Puts the message into each recipient's INBOX, all of them or none. Recipients that already have it (an earlier try
     * whose outcome was unknown) are left as they are.
     */
    Delivered deliver(Delivery delivery);
}
