package org.merpati.core.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.merpati.core.api.mail.AccountId;

/** The transaction that makes a received message the recipients' mail. */
public interface Deliveries {
    /** To more accounts than these in one transaction others would have to wait for too long: each of them is locked. */
    int MOST_AT_ONCE = 500;

    /**
     * A message on its way to recipients here.
     *
     * @param id of this delivery; at most one email of an account carries it, so that a delivery whose outcome is unknown
     *     can be asked for and repeated without harm
     * @param part whether there are others with the same message, to other recipients
     */
    record Delivery(UUID id, NewMessage message, List<AccountId> recipients, Instant received, boolean part) {
        public Delivery {
            recipients = recipients.stream().distinct().sorted().toList();
        }

        public Delivery(UUID id, NewMessage message, List<AccountId> recipients, Instant received) {
            this(id, message, recipients, received, false);
        }

        /** The same to others. */
        public Delivery to(List<AccountId> others) {
            return new Delivery(id, message, others, received, part);
        }

        /** The same as one of several with this message. */
        public Delivery asPart() {
            return new Delivery(id, message, recipients, received, true);
        }

        public Delivery as(UUID other) {
            return new Delivery(other, message, recipients, received, part);
        }

        /** Itself, or several to at most {@link #MOST_AT_ONCE} recipients each, which are in ascending order over all of them. */
        public List<Delivery> parts() {
            if (recipients.size() <= MOST_AT_ONCE) {
                return List.of(this);
            }
            var parts = new ArrayList<Delivery>();
            for (int from = 0; from < recipients.size(); from += MOST_AT_ONCE) {
                var some = recipients.subList(from, Math.min(recipients.size(), from + MOST_AT_ONCE));
                parts.add(new Delivery(id, message, some, received, true));
            }
            return parts;
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
