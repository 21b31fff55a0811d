package org.merpati.core.transport;

import java.util.List;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.spool.Spooled;

/** Takes a message that has been received whole. */
public interface Reception {
    /**
     * The octets of the largest message that the quotas of the recipient's account and domain leave room for now; less than 0:
     * none. Of several accounts the one with the most room counts, and the others then get the message beyond their quota: refused, a list
     * would be silent for all of its members as long as one of them is full. Mail that comes in at the same time is not
     * counted, so a quota can be exceeded by that much.
     *
     * @throws org.merpati.core.api.door.NotDone when the store can't tell
     */
    long room(Door door, Recipient.Local recipient);

    /**
     * Adds Return-Path and Received (RFC 5321 §4.4), stores the bytes and commits the delivery. Returns after the commit;
     * never throws for what storage or database did. The caller closes the spooled message.
     */
    Receipt receive(Door door, Envelope envelope, Spooled message);

    /**
     * The same for LMTP (RFC 2033 §4.2): each addressee's delivery is a transaction of its own and has its own receipt, in
     * their order. Whoever has no room left for the message is refused alone.
     */
    List<Receipt> receiveEach(Door door, Envelope envelope, Spooled message);
}
