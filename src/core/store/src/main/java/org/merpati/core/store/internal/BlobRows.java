package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.store.NewMessage;
import org.merpati.core.store.PlatformHolder;
import org.merpati.lib.mime.StoredStructure;

/**
 * The rows that say where octets are. A row that nothing refers to is swept a day after it was {@code stored}, so whoever
 * refers to one that was there already stamps it anew in the same transaction (DESIGN §2.15).
 */
@ApplicationScoped
public class BlobRows {
    /**
     * A row stamped since then is left as it is: the sweeper's day leaves it enough, and clients that store the same octets at
     * the same time need not wait for one another.
     */
    private static final Duration FRESH = Duration.ofHours(1);

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    Sql sql;

    @Inject
    PlatformHolder server;

    /** @param described whether it is known what is in the octets */
    private record Known(long id, long stored, boolean described) {}

    /** A row of its own: for what is delivered, where no two messages have the same octets. */
    long insert(NewMessage message) {
        return insert(message.blob(), Optional.of(message));
    }

    /**
     * The row of the same octets, or a new one: for what clients append, import and upload, and for parts of a delivery. It is
     * looked for at once, which keeps nobody waiting, and made or stamped when it is asked for.
     */
    LongSupplier share(NewMessage message) {
        return share(message.blob(), Optional.of(message));
    }

    /** The same for octets of which nothing is known; the row learns it when a message with these octets is stored. */
    long share(Blob blob) {
        return share(blob, Optional.empty()).getAsLong();
    }

    private LongSupplier share(Blob blob, Optional<NewMessage> message) {
        var found = sql.select(
                row -> new Known(row.getLong(1), row.getLong(2), row.getBoolean(3)),
                "select id, stored, preview is not null from blob where sha256 = ? and size = ? order by id desc limit 1",
                blob.sha256(),
                blob.ref().size());
        return () -> found.isEmpty() ? insert(blob, message) : share(found.getFirst(), blob, message);
    }

    private long share(Known known, Blob blob, Optional<NewMessage> message) {
        long now = server.platform().clock().millis();
        boolean fresh = known.stored() > now - FRESH.toMillis();
        boolean learns = !known.described() && message.isPresent();
        return (fresh && !learns) || stamp(known.id(), now, learns ? message : Optional.empty())
                ? known.id()
                : insert(blob, message);
    }

    /** False when the row was swept meanwhile. */
    private boolean stamp(long id, long now, Optional<NewMessage> learned) {
        var also = learned.isPresent() ? ", b.structure = :structure, b.preview = :preview" : "";
        var update = db.createQuery("update Blob b set b.stored = :now" + also + " where b.id = :id")
                .setParameter("now", now)
                .setParameter("id", id);
        learned.ifPresent(
                message -> update.setParameter("structure", message.structure().octets())
                        .setParameter("preview", message.preview()));
        return update.executeUpdate() == 1;
    }

    private long insert(Blob blob, Optional<NewMessage> message) {
        long id = sql.nextId(BlobEntity.class);
        sql.update(
                "insert into blob (id, sha256, segment, segment_offset, size, stored, structure, preview)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                blob.sha256(),
                blob.ref().segment(),
                blob.ref().offset(),
                blob.ref().size(),
                server.platform().clock().millis(),
                message.map(NewMessage::structure).map(StoredStructure::octets),
                message.map(NewMessage::preview));
        return id;
    }
}
