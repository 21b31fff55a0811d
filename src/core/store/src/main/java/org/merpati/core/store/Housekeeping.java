package org.merpati.core.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.merpati.core.api.Platform;
import org.merpati.core.api.RepeatedWork;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.store.Garbage.Move;
import org.merpati.core.store.blob.SegmentStore;

/**
 * Clears away what the store needs no longer: the mail of accounts that were removed, uploads that have expired, blobs that
 * nothing names, room in segments, tombstones beyond the history. Several nodes on one database do each other no harm. Work comes in short
 * transactions; {@link #stop} is asked between any two.
 *
 * <p>A segment is given up in three steps, each of which may be the last before a crash: its live records are appended
 * anew and made durable (without the next step they are garbage like any other); the rows are told (from then on nobody
 * finds the old place, and who has found it may go on reading); its file is removed, when no row has named it for a while.
 */
public final class Housekeeping implements RepeatedWork {
    /** A blob that nothing names is kept that long: an upload or a delivery may be about to name it. */
    static final Duration GRACE = Duration.ofDays(1);

    /** Where octets were moved away from they can still be read that long. */
    static final Duration READERS = Duration.ofMinutes(30);

    /** One round sweeps at most that many blobs; the next one goes on where it ended. */
    private static final int BLOBS_A_ROUND = 200_000;

    private static final long REST = Duration.ofNanos(200_000).toNanos();

    private static final Logger LOG = System.getLogger(Housekeeping.class.getName());

    /** What one round has cleared away. */
    public record Round(
            long accounts,
            long emails,
            long uploads,
            long blobs,
            long moved,
            long segments,
            long octets,
            long tombstones) {
        boolean nothing() {
            return accounts + emails + uploads + blobs + moved + segments + tombstones == 0;
        }

        @Override
        public String toString() {
            return emails + " emails of removed accounts, " + uploads + " uploads, " + blobs + " blobs, " + segments
                    + " segments of " + octets + " octets and " + tombstones + " tombstones removed, " + moved
                    + " blobs moved together";
        }
    }

    private final Door door;
    private final Platform platform;
    private final InstantSource clock;
    private final Map<Long, Instant> empty = new HashMap<>();
    private final Set<Long> damaged = new HashSet<>();
    private long sweptTo;
    private volatile boolean stopped;

    public Housekeeping(Door door, Platform platform) {
        this.door = door;
        this.platform = platform;
        this.clock = platform.clock();
    }

    @Override
    public String name() {
        return "housekeeping";
    }

    @Override
    public Duration interval() {
        return platform.config().get(Settings.STORE_HOUSEKEEPING);
    }

    /** The round that runs ends after its current unit. */
    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        var unused = round();
    }

    /** One round, on the caller's thread. What can't be done now is logged and left for the next one. */
    public Round round() {
        var done = new Tally();
        try {
            clear(done);
            sweep(done);
            if (platform.blobs() instanceof SegmentStore segments) {
                compact(segments, done);
            }
            forget(done);
            expireUploads(done);
            unit(services -> services.get(StartedDeliveries.class).expire());
            unit(services -> services.get(PushSubscriptions.class).expire());
        } catch (NotDone | IOException e) {
            LOG.log(Level.WARNING, "housekeeping ends early and goes on in its next round: " + e.getMessage());
        }
        var round = done.round();
        if (!round.nothing()) {
            LOG.log(Level.INFO, () -> "housekeeping: " + round);
        }
        return round;
    }

    /** One account that can't be cleared holds up no other, and nothing else. */
    private void clear(Tally done) {
        for (var account : unit(services -> services.get(Garbage.class).removed())) {
            try {
                clear(account, done);
            } catch (NotDone e) {
                LOG.log(
                        Level.WARNING,
                        "removed account " + account.value() + " is left as it is until the next round: "
                                + e.getMessage());
            }
        }
    }

    private void clear(AccountId account, Tally done) {
        while (!stopped) {
            var cleared = unit(services -> services.get(Garbage.class).clear(account));
            done.emails += cleared.emails();
            if (!cleared.more()) {
                done.accounts++;
                return;
            }
        }
    }

    private void expireUploads(Tally done) {
        int expired = Messages.BULK;
        while (expired == Messages.BULK && !stopped) {
            expired = unit(services -> services.get(Uploads.class).expire());
            done.uploads += expired;
        }
    }

    private void sweep(Tally done) {
        var before = clock.instant().minus(GRACE);
        for (int seen = 0; seen < BLOBS_A_ROUND && !stopped; seen += Garbage.BULK) {
            var from = sweptTo;
            var swept = unit(services -> services.get(Garbage.class).sweep(from, before));
            done.blobs += swept.removed();
            sweptTo = swept.next();
            if (sweptTo == 0) {
                return;
            }
        }
    }

    private void compact(SegmentStore segments, Tally done) throws IOException {
        var now = clock.instant();
        for (var segment : segments.closed()) {
            if (stopped) {
                return;
            }
            if (segment.written().isAfter(now.minus(GRACE)) || damaged.contains(segment.number())) {
                continue; // something in it may be about to be named
            }
            var live = unit(services -> services.get(Garbage.class).live(segment.number()));
            if (live.blobs() > 0 && live.octets() * 2 < segment.octets()) {
                move(segments, segment, done);
                live = unit(services -> services.get(Garbage.class).live(segment.number()));
            }
            if (live.blobs() > 0) {
                empty.remove(segment.number());
            } else if (!empty.computeIfAbsent(segment.number(), number -> now).isAfter(now.minus(READERS))) {
                segments.delete(segment.number());
                empty.remove(segment.number());
                done.segments++;
                done.octets += segment.octets();
            }
        }
    }

    private void move(SegmentStore segments, SegmentStore.Segment segment, Tally done) {
        long after = -1;
        while (!stopped) {
            var from = after;
            var page = unit(services -> services.get(Garbage.class).blobs(segment.number(), from));
            if (page.isEmpty()) {
                return;
            }
            try {
                var copies = segments.copy(page);
                var moves = new ArrayList<Move>();
                for (int i = 0; i < copies.size(); i++) {
                    moves.add(new Move(page.get(i).ref(), copies.get(i).ref()));
                }
                unit(services -> {
                    services.get(Garbage.class).moved(moves);
                    return moves.size();
                });
                done.moved += moves.size();
            } catch (IOException e) {
                LOG.log(
                        Level.WARNING,
                        "segment " + segment.number() + " is left as it is; `merpati check` tells more: "
                                + e.getMessage());
                damaged.add(segment.number());
                return;
            }
            after = page.getLast().ref().offset();
        }
    }

    private void forget(Tally done) {
        int keep = platform.config().get(Settings.STORE_HISTORY);
        var after = new AccountId(0);
        while (!stopped) {
            var from = after;
            var page = unit(services -> services.get(Garbage.class).accounts(from));
            for (var account : page) {
                int forgotten = 1;
                while (forgotten > 0 && !stopped) {
                    forgotten = unit(services -> services.get(Garbage.class).forget(account, keep));
                    done.tombstones += forgotten;
                }
            }
            if (page.size() < Garbage.BULK) {
                return;
            }
            after = page.getLast();
        }
    }

    private <T> T unit(Unit<T> unit) {
        var value = door.call(unit).orThrow();
        LockSupport.parkNanos(REST); // mail goes first
        return value;
    }

    private static final class Tally {
        long accounts;
        long emails;
        long uploads;
        long blobs;
        long moved;
        long segments;
        long octets;
        long tombstones;

        Round round() {
            return new Round(accounts, emails, uploads, blobs, moved, segments, octets, tombstones);
        }
    }
}
