package org.merpati.core.jmap.submission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.merpati.core.api.Platform;
import org.merpati.core.api.RepeatedWork;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.CreatedIds;
import org.merpati.core.jmap.blob.PartOctets;
import org.merpati.core.store.Submissions;
import org.merpati.core.store.Submissions.Due;
import org.merpati.core.transport.Receipt;
import org.merpati.core.transport.Reception;
import org.merpati.core.transport.StoringReception;
import org.merpati.lib.jmap.SetException;
import org.merpati.lib.smtp.SmtpReply;

/**
 * Sends what waits when its time has come (RFC 4865). Several nodes on one database claim what they send. A
 * server that is stopped between sending one and noting it sends it again as the same delivery, which whoever has it does not
 * get twice.
 */
public final class HeldMail implements RepeatedWork {
    /** As exactly as {@code sendAt} is kept. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final int PART = 10;
    private static final Logger LOG = System.getLogger(HeldMail.class.getName());

    private final Door door;
    private final Platform platform;
    private final Reception reception;
    private volatile boolean stopped;

    public HeldMail(Door door, Platform platform) {
        this.door = door;
        this.platform = platform;
        this.reception = new StoringReception(platform.config(), platform.blobs(), platform.clock());
    }

    @Override
    public String name() {
        return "held-mail";
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void run() {
        int unused = round();
    }

    /** The round that runs ends after its current messages. */
    @Override
    public void stop() {
        stopped = true;
    }

    /** Sends all whose time has come, on the caller's thread; how many. What can't be sent now comes again. */
    public int round() {
        int sent = 0;
        try {
            List<Due> due;
            do {
                due = stopped
                        ? List.of()
                        : door.call(services -> services.get(Submissions.class).claim(PART))
                                .orThrow();
                for (var one : due) {
                    sent += send(one) ? 1 : 0;
                }
            } while (!due.isEmpty());
        } catch (NotDone e) {
            LOG.log(Level.WARNING, "mail that waits has to wait for the next round: " + e.getMessage());
        }
        return sent;
    }

    /** One that can't be sent holds up no other. */
    private boolean send(Due due) {
        try {
            var envelope = GivenEnvelope.read(StoredJson.value(due.envelope()));
            var status = status(due, envelope);
            if (status.isEmpty()) {
                return false;
            }
            var text = StoredJson.text(status.get());
            return door.call(services -> {
                        services.get(Submissions.class).settle(due.account(), due.id(), text);
                        return true;
                    })
                    .orThrow();
        } catch (IOException | RuntimeException | SetException e) {
            LOG.log(Level.ERROR, "submission " + due.id().value() + " waits longer", e);
            return false;
        }
    }

    /** deliveryStatus; empty when it has to be tried again. */
    private Optional<ObjectNode> status(Due due, GivenEnvelope envelope) throws IOException, SetException {
        var sender = new Principal.User(due.account(), due.address());
        var call = new Call(sender, door, platform, new CreatedIds(Map.of()), Set.of());
        var octets = PartOctets.of(platform.blobs(), due.blob());
        var recipients = new Addressees(call, reception, octets.size());
        var addressees = recipients.those(envelope.rcptTo());
        if (addressees.isEmpty()) {
            return Optional.of(DeliveryStatus.delivered(envelope, "", recipients.refused()));
        }
        var receipt = new Outgoing(call, sender, reception)
                .receive(delivery(due), SmtpWords.mail(envelope), addressees, octets);
        return switch (receipt) {
            case Receipt.Accepted(var id) -> Optional.of(DeliveryStatus.delivered(envelope, id, recipients.refused()));
            case Receipt.NoRecipients() -> failed(envelope, "5.1.1", "None of the recipients is left here");
            case Receipt.Loop(int hops) -> failed(envelope, "5.4.6", "Mail loop: " + hops + " Received fields");
            case Receipt.CameBack() -> failed(envelope, "5.4.6", "Mail loop: it was delivered here before");
            case Receipt.OverQuota overQuota -> Optional.empty();
            case Receipt.NoSpace noSpace -> Optional.empty();
            case Receipt.Deferred deferred -> Optional.empty();
        };
    }

    /** The same each time that it is tried. */
    private static UUID delivery(Due due) {
        var name = "submission " + due.account().value() + " " + due.id().value();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.US_ASCII));
    }

    private static Optional<ObjectNode> failed(GivenEnvelope envelope, String code, String why) {
        return Optional.of(DeliveryStatus.failed(envelope, SmtpReply.of(550, code, why)));
    }
}
