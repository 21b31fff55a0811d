package org.merpati.web.push;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.spool.Spool;
import org.merpati.core.api.spool.Spooled;

/** Messages that came and were not answered yet, in the spool. One thread adds, another takes. */
final class Inbox implements AutoCloseable {
    /** Messages that may wait; they may have the octets of two of the largest. */
    static final int MOST = 256;

    enum Added {
        MORE,
        MESSAGE,
        TOO_LARGE,
        TOO_MANY
    }

    private final Spool spool;
    private final long largest;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Spooled> waiting = new ArrayDeque<>();
    private @Nullable Spooled current;
    private long size;
    private long waitingOctets;
    private String half = "";
    private boolean closed;

    Inbox(Spool spool, long largest) {
        this.spool = spool;
        this.largest = largest;
    }

    Added add(String part, boolean last) throws IOException {
        lock.lock();
        try {
            if (closed) {
                return Added.MORE;
            }
            var octets = octets(part, last);
            size += octets.length;
            if (size > largest) {
                close();
                return Added.TOO_LARGE;
            }
            var into = current;
            if (into == null) {
                into = spool.create();
                current = into;
            }
            into.sink().write(octets);
            return last ? complete(into) : Added.MORE;
        } finally {
            lock.unlock();
        }
    }

    private byte[] octets(String part, boolean last) {
        var text = half + part;
        boolean cut = !last && !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        half = cut ? text.substring(text.length() - 1) : "";
        return (cut ? text.substring(0, text.length() - 1) : text).getBytes(StandardCharsets.UTF_8);
    }

    private Added complete(Spooled message) {
        waiting.add(message);
        waitingOctets += size;
        current = null;
        size = 0;
        if (waiting.size() > MOST || waitingOctets > 2 * largest) {
            close();
            return Added.TOO_MANY;
        }
        return Added.MESSAGE;
    }

    /** The oldest; who takes it closes it. */
    Optional<Spooled> next() {
        lock.lock();
        try {
            var next = Optional.ofNullable(waiting.poll());
            next.ifPresent(message -> waitingOctets -= message.size());
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing comes after. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.forEach(Spooled::close);
            waiting.clear();
            var unfinished = current;
            current = null;
            if (unfinished != null) {
                unfinished.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
