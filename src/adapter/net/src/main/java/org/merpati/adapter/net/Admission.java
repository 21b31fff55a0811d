package org.merpati.adapter.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Counts who is connected to one listener, and says no beyond its {@link Limits}. */
final class Admission {
    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Integer> byNetwork = new HashMap<>();
    private int all;

    Admission(Limits limits) {
        this.limits = limits;
    }

    /** Why this client is not let in; empty when it is, and then {@link #leave(InetAddress)} is owed once. */
    Optional<String> enter(InetAddress client) {
        lock.lock();
        try {
            var refused = enter();
            if (refused.isPresent()) {
                return refused;
            }
            refused = know(client);
            if (refused.isPresent()) {
                all--;
            }
            return refused;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The same for a client that is not known yet, a proxy being between. When it is let in, {@link #leave()} is owed, until
     * {@link #know} succeeds.
     */
    Optional<String> enter() {
        lock.lock();
        try {
            if (all >= limits.connections()) {
                return Optional.of("too many connections");
            }
            all++;
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Why this client may not stay, now that it is known; empty when it may, and then {@link #leave(InetAddress)} is owed. */
    Optional<String> know(InetAddress client) {
        lock.lock();
        try {
            long network = network(client);
            int now = byNetwork.getOrDefault(network, 0);
            if (now >= limits.perAddress()) {
                return Optional.of("too many connections from your address");
            }
            byNetwork.put(network, now + 1);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void leave(InetAddress client) {
        lock.lock();
        try {
            all--;
            byNetwork.computeIfPresent(network(client), (network, count) -> count == 1 ? null : count - 1);
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            all--;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody is counted any more, in all and per address. */
    boolean empty() {
        lock.lock();
        try {
            return all == 0 && byNetwork.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** An IPv6 site has a whole /64 to choose from (RFC 6177 §2), so that is what counts as one address. */
    private static long network(InetAddress client) {
        var octets = ByteBuffer.wrap(client.getAddress());
        // no IPv6 network in use begins with 32 zero bits (RFC 4291 §2.4), so that IPv4 addresses stay apart from all
        return client instanceof Inet6Address ? octets.getLong() : octets.getInt() & 0xffff_ffffL;
    }
}
