package org.merpati.core.transport;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.spool.Spooled;
import org.merpati.core.store.Deliveries.Delivered;
import org.merpati.core.store.Deliveries.Delivery;
import org.merpati.core.store.Quotas;

/**
 * Stores a message for its recipients: trace fields, blob, one transaction, or several where they are very many. The blob is
 * on stable storage before the door is called, and {@code Accepted} is said only after the door has said {@code Done} to all.
 */
public final class StoringReception implements Reception {
    /** Members of a list that are asked whether they have room, until one has. */
    private static final int MOST_ASKED = 100;

    private static final Logger LOG = System.getLogger(StoringReception.class.getName());

    private final String hostname;
    private final int mostHops;
    private final BlobStore blobs;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Consumer<Duration> pause;
    private final SuccessReports reports;

    public StoringReception(Config config, BlobStore blobs, InstantSource clock) {
        this(config, blobs, clock, ZoneId.systemDefault(), time -> LockSupport.parkNanos(time.toNanos()));
    }

    StoringReception(Config config, BlobStore blobs, InstantSource clock, ZoneId zone, Consumer<Duration> pause) {
        this.hostname = config.get(Settings.HOSTNAME);
        this.mostHops = config.get(Settings.SMTP_MAX_HOPS);
        this.blobs = blobs;
        this.clock = clock;
        this.zone = zone;
        this.pause = pause;
        this.reports = new SuccessReports(hostname, blobs, clock, zone, pause);
    }

    @Override
    public Receipt receive(Door door, Envelope envelope, Spooled message) {
        return switch (store(envelope, message)) {
            case Stored.No(var why) -> why;
            case Stored.Yes stored -> {
                // where only some would get it again, all get it: those others have no other way to it, and hops are
                // counted
                var receipt = envelope.addressees().stream().allMatch(stored::cameBackTo)
                        ? new Receipt.CameBack()
                        : commit(door, delivery(stored.delivery(), envelope), envelope, message);
                if (receipt instanceof Receipt.Accepted) {
                    reports.deliver(door, envelope, stored.last());
                }
                yield receipt;
            }
        };
    }

    @Override
    public List<Receipt> receiveEach(Door door, Envelope envelope, Spooled message) {
        var refusals = envelope.addressees().stream()
                .map(addressee -> refusal(door, addressee.recipient(), message.size()))
                .toList();
        if (refusals.stream().allMatch(Optional::isPresent)) {
            return refusals.stream().map(Optional::get).toList();
        }
        var stored = store(envelope, message);
        var receipts = new ArrayList<Receipt>();
        for (int i = 0; i < refusals.size(); i++) {
            var one = envelope.only(envelope.addressees().get(i));
            receipts.add(refusals.get(i).orElseGet(() -> switch (stored) {
                case Stored.No(var why) -> why;
                case Stored.Yes octets ->
                    octets.cameBackTo(one.addressees().getFirst())
                            ? new Receipt.CameBack()
                            : commit(door, delivery(octets.delivery(), one).asPart(), one, message);
            }));
        }
        return receipts;
    }

    /** Why this recipient can't take it, where they have to be asked for their room. */
    private static Optional<Receipt> refusal(Door door, Recipient.Local recipient, long size) {
        var accounts = recipient.accounts().stream().limit(MOST_ASKED).toList();
        Outcome<Optional<Receipt>> asked = door.call(services -> {
            var quotas = services.get(Quotas.class);
            if (room(quotas, accounts) >= size) {
                return Optional.empty();
            }
            boolean there = accounts.stream()
                    .anyMatch(account -> quotas.account(account).isPresent());
            return Optional.of(there ? new Receipt.OverQuota() : new Receipt.NoRecipients());
        });
        return switch (asked) {
            case Outcome.Done<Optional<Receipt>>(var refusal) -> refusal;
            case Outcome.Failed<Optional<Receipt>>(var kind, var id) -> Optional.of(notDone(kind, id));
            case Outcome.Unavailable<Optional<Receipt>>() -> Optional.of(new Receipt.Deferred(""));
        };
    }

    /** The octets as they will be delivered, on stable storage; or why not. */
    private Stored store(Envelope envelope, Spooled message) {
        Instant now = clock.instant();
        var id = envelope.delivery().orElseGet(() -> DeliveryIds.at(now));
        try {
            var last = FinalMessage.of(envelope, hostname, id, now.atZone(zone), message);
            if (last.hops() >= mostHops) {
                return new Stored.No(new Receipt.Loop(last.hops()));
            }
            var stored = last.store(blobs, "message " + id);
            boolean submission = envelope.submitter().isPresent(); // people send what they got to themselves again
            return new Stored.Yes(
                    new Delivery(id, stored, List.of(), now), last, submission ? Set.of() : last.deliveredTo());
        } catch (NoSpaceException e) {
            LOG.log(Level.WARNING, () -> "message " + id + ": no space: " + e.getMessage());
            return new Stored.No(new Receipt.NoSpace());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "message " + id + ": not stored", e);
            return new Stored.No(new Receipt.Deferred(id.toString()));
        }
    }

    /** To whom it is addressed: each account once, however often it was meant. */
    private static Delivery delivery(Delivery stored, Envelope envelope) {
        return stored.to(envelope.addressees().stream()
                .flatMap(addressee -> addressee.recipient().accounts().stream())
                .toList());
    }

    private Receipt commit(Door door, Delivery delivery, Envelope envelope, Spooled message) {
        var handover = new Handover(door, pause);
        if (delivery.parts().size() == 1) {
            return receipt(delivery, handover.whole(delivery));
        }
        try {
            return receipt(delivery, handover.inParts(delivery, Fingerprint.of(envelope, message)));
        } catch (IOException e) {
            LOG.log(Level.ERROR, "message " + delivery.id() + ": not delivered", e);
            return new Receipt.Deferred(delivery.id().toString());
        }
    }

    @Override
    public long room(Door door, Recipient.Local recipient) {
        var accounts = recipient.accounts().stream().limit(MOST_ASKED).toList();
        return door.call(services -> room(services.get(Quotas.class), accounts)).orThrow();
    }

    private static long room(Quotas quotas, List<AccountId> accounts) {
        long most = -1;
        for (var account : accounts) {
            most = Math.max(most, quotas.room(account));
            if (most == Long.MAX_VALUE) {
                break;
            }
        }
        return most;
    }

    private static Receipt receipt(Delivery delivery, Outcome<Delivered> outcome) {
        return switch (outcome) {
            case Outcome.Done<Delivered>(var delivered) -> delivered(delivery, delivered);
            case Outcome.Failed<Delivered>(var kind, var id) -> notDone(kind, id);
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

    private static Receipt notDone(FailureKind kind, String id) {
        return kind == FailureKind.NO_SPACE ? new Receipt.NoSpace() : new Receipt.Deferred(id);
    }

    /** What became of the octets. */
    private sealed interface Stored {
        /** @param delivery to nobody yet */
        record Yes(Delivery delivery, FinalMessage last, Set<EmailAddress> deliveredTo) implements Stored {
            /** Whether it has been delivered to this address before, and so comes back to it. */
            boolean cameBackTo(Addressee addressee) {
                return deliveredTo.contains(addressee.recipient().address());
            }
        }

        record No(Receipt why) implements Stored {}
    }
}
