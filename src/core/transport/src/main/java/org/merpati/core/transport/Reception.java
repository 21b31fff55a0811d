package org.merpati.core.transport;

import org.merpati.core.api.door.Door;
import org.merpati.core.api.spool.Spooled;

/** Takes a message that has been received whole. */
public interface Reception {
    /**
     * Adds Return-Path and Received (RFC 5321 §4.4), stores the bytes and commits the delivery. Returns after the commit;
     * never throws for what storage or database did. The caller closes the spooled message.
     */
    Receipt receive(Door door, Envelope envelope, Spooled message);
}
