package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.StartedDeliveries;

/** Two tries that start at the same time: one of them fails on the key, and its sender comes again. */
@ApplicationScoped
@Transactional
public class StoredStartedDeliveries implements StartedDeliveries {
    @Inject
    Sql sql;

    @Inject
    PlatformHolder server;

    @Override
    public UUID start(String fingerprint, UUID id) {
        var earlier = sql.select(
                row -> row.getString(1), "select delivery from started_delivery where fingerprint = ?", fingerprint);
        if (!earlier.isEmpty()) {
            return UUID.fromString(earlier.getFirst());
        }
        sql.update(
                "insert into started_delivery (fingerprint, delivery, started) values (?, ?, ?)",
                fingerprint,
                id.toString(),
                now());
        return id;
    }

    @Override
    public void finish(String fingerprint) {
        sql.update("delete from started_delivery where fingerprint = ?", fingerprint);
    }

    @Override
    public int expire() {
        return sql.update("delete from started_delivery where started < ?", now() - KEPT.toMillis());
    }

    private long now() {
        return server.platform().clock().millis();
    }
}
