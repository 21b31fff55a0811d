package org.merpati.core.transport;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.spool.Spooled;
import org.merpati.core.store.Deliveries.Delivered;
import org.merpati.core.store.Deliveries.Delivery;
import org.merpati.core.store.NewMessage;
import org.merpati.core.store.Quotas;

/**
 * Stores a message for its recipients: trace fields, blob, one transaction, or several where they are very many. The blob is
 * on stable storage before the door is called, and {@code Accepted} is said only after the door has said {@code Done} to all.
 */
public final class StoringReception implements Reception {
    /** RFC 5321 §6.3 asks for at least that. */
    static final int MOST_HOPS = 100;

    /** Members of a list that are asked whether they have room, until one has. */
    private static final int MOST_ASKED = 100;

    private static final Logger LOG = System.getLogger(StoringReception.class.getName());

    private final String hostname;
    private final BlobStore blobs;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Consumer<Duration> pause;

    public StoringReception(Config config, BlobStore blobs, InstantSource clock) {
        this(config, blobs, clock, ZoneId.systemDefault(), time -> LockSupport.parkNanos(time.toNanos()));
    }

    StoringReception(Config config, BlobStore blobs, InstantSource clock, ZoneId zone, Consumer<Duration> pause) {
        this.hostname = config.get(Settings.HOSTNAME);
        this.blobs = blobs;
        this.clock = clock;
        this.zone = zone;
        this.pause = pause;
    }

    @Override
    public Receipt receive(Door door, Envelope envelope, Spooled message) {
        Instant now = clock.instant();
        var id = DeliveryIds.at(now);
        Delivery delivery;
        var fingerprint = "";
        try {
            var last = FinalMessage.of(TraceFields.of(envelope, hostname, id.toString(), now.atZone(zone)), message);
            if (last.hops() >= MOST_HOPS) {
                return new Receipt.Loop(last.hops());
            }
            delivery = delivery(id, now, envelope, last);
            if (delivery.parts().size() > 1) {
                fingerprint = Fingerprint.of(envelope, message);
            }
        } catch (NoSpaceException e) {
            LOG.log(Level.WARNING, () -> "message " + id + ": no space: " + e.getMessage());
            return new Receipt.NoSpace();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "message " + id + ": not stored", e);
            return new Receipt.Deferred(id.toString());
        }
        var handover = new Handover(door, pause);
        return receipt(
                delivery, fingerprint.isEmpty() ? handover.whole(delivery) : handover.inParts(delivery, fingerprint));
    }

    @Override
    public long room(Door door, Recipient.Local recipient) {
        var accounts = recipient.accounts().stream().limit(MOST_ASKED).toList();
        return door.call(services -> {
                    var quotas = services.get(Quotas.class);
                    long most = -1;
                    for (var account : accounts) {
                        most = Math.max(most, quotas.room(account));
                        if (most == Long.MAX_VALUE) {
                            break;
                        }
                    }
                    return most;
                })
                .orThrow();
    }

    /** What is to be committed; the octets are on stable storage then. */
    private Delivery delivery(UUID id, Instant now, Envelope envelope, FinalMessage last) throws IOException {
        var accounts = envelope.recipients().stream() // each once, however often it was meant: Delivery sees to that
                .flatMap(recipient -> recipient.accounts().stream())
                .toList();
        var structure = last.structure();
        var preview = preview(id, last);
        var blob = blobs.append(last.content());
        var stored = new NewMessage(blob, last.headerSize(), last.subject(), structure, preview);
        return new Delivery(id, stored, accounts, now);
    }

    /** Mail is not refused because nobody can say in a line what it is about. */
    private static String preview(UUID id, FinalMessage last) throws IOException {
        try {
            return last.preview();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "message " + id + ": stored without a preview", e);
            return "";
        }
    }

    private static Receipt receipt(Delivery delivery, Outcome<Delivered> outcome) {
        return switch (outcome) {
            case Outcome.Done<Delivered>(var delivered) -> delivered(delivery, delivered);
            case Outcome.Failed<Delivered>(var kind, var id) ->
                kind == FailureKind.NO_SPACE ? new Receipt.NoSpace() : new Receipt.Deferred(id);
            case Outcome.Unavailable<Delivered>() -> new Receipt.Deferred("");
        };
    }

    private static Receipt delivered(Delivery delivery, Delivered delivered) {
        if (delivered.gone().containsAll(delivery.recipients())) {
            return new Receipt.NoRecipients();
        }
        if (!delivered.gone().isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    () -> "message " + delivery.id() + ": " + delivered.gone().size()
                            + " recipients were removed while it came in and do not get it");
        }
        return new Receipt.Accepted(delivery.id().toString());
    }
}
