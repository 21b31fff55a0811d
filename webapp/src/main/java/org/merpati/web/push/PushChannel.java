package org.merpati.web.push;

import java.time.Instant;

/** A client that is told of changes as long as it listens. */
interface PushChannel {
    /** Called four times a second; returns at once. */
    void tick(Instant now);

    /** Sends the client away; returns at once. */
    void end();

    /** Sends the client away, as what it signed in with is good no more; returns at once. */
    void signOut();
}
