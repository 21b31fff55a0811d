package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.merpati.core.store.ServerSecrets;

/** Two that make the same one at the same time: the second one fails on the key. */
@ApplicationScoped
@Transactional
public class StoredServerSecrets implements ServerSecrets {
    @Inject
    Sql sql;

    @Override
    public byte[] of(String name) {
        var kept = sql.select(row -> row.getString(1), "select octets from server_secret where name = ?", name);
        if (!kept.isEmpty()) {
            return HexFormat.of().parseHex(kept.getFirst());
        }
        var made = new byte[LENGTH];
        new SecureRandom().nextBytes(made);
        sql.update(
                "insert into server_secret (name, octets) values (?, ?)",
                name,
                HexFormat.of().formatHex(made));
        return made;
    }
}
