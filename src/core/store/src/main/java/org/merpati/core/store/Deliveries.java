package org.merpati.core.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.merpati.core.api.mail.AccountId;

/** The one transaction that makes a received message the recipients' mail. */
public interface Deliveries {
    /**
     * A message on its way to recipients here.
     *
     * @param id of this delivery; at most one email of an account carries it, so that a delivery whose outcome is unknown
     *     can be asked for and repeated without harm
     */
    record Delivery(UUID id, NewMessage message, List<AccountId> recipients, Instant received) {
        public Delivery {
            recipients = recipients.stream().distinct().sorted().toList();
        }
    }

    /** The recipients that are gone meanwhile; the others have the message in their INBOX. */
    record Delivered(List<AccountId> gone) {}

    /**
     * Puts the message into each recipient's INBOX, all of them or none. Recipients that already have it (an earlier try
     * whose outcome was unknown) are left as they are. Quotas are not asked: whoever accepts a recipient has done that.
     */
    Delivered deliver(Delivery delivery);
}
