package org.merpati.adapter.net;

import java.time.Duration;

/**
 * How long the network waits for a client where the protocol has no say.
 *
 * @param handshake for the whole TLS handshake
 * @param stall for a client that reads to take the next block of at most {@link SocketConnection#BLOCK} octets. At 1 KB/s
 *     that and a third of the send buffer, which the kernel wants empty before it takes more, are gone in two minutes
 * @param linger for a client to close its side after we closed ours, so that our last line is not lost to a reset
 */
record Patience(Duration handshake, Duration stall, Duration linger) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofSeconds(1));

    /** How often deadlines are looked at. */
    Duration interval() {
        var quarter = min(handshake, stall).dividedBy(4);
        return min(quarter, Duration.ofSeconds(1));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
