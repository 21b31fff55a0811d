package org.merpati.launch;

import java.util.Optional;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.door.Door;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.directory.Passwords;

/** Sees to it that somebody can sign in to administer a new server: {@code admin}, with a set or a made-up password. */
final class FirstAdministrator {
    static final String NAME = "admin";

    private final Config config;

    FirstAdministrator(Config config) {
        this.config = config;
    }

    /** The made-up password; empty when there is an administrator already, or the settings have the password. */
    Optional<String> add(Door door) {
        boolean needed = !door.call(services -> services.get(Accounts.class).hasAdministrator())
                .orThrow();
        if (!needed) {
            return Optional.empty();
        }
        var set = config.get(Settings.ADMIN_PASSWORD);
        var password = set.orElseGet(Chance::password);
        try (var secret = Secret.of(password)) {
            var hash = new Passwords().hash(secret);
            boolean added = door.call(services -> services.get(Accounts.class).addFirstAdministrator(NAME, hash))
                    .orThrow();
            return added && set.isEmpty() ? Optional.of(password) : Optional.empty();
        }
    }
}
