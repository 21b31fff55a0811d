package org.merpati.core.imap;

import java.time.InstantSource;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.spool.Spool;
import org.merpati.core.api.watch.Watchers;
import org.merpati.core.store.signin.SignInMechanisms;

/** What all sessions of the server share. */
record Surroundings(
        Config config,
        Door door,
        Directory directory,
        BlobStore blobs,
        Spool spool,
        Watchers watchers,
        InstantSource clock,
        Pause pause,
        SignInMechanisms mechanisms,
        UserLimits users,
        RecentClaims recent,
        WrittenViews views) {
    Surroundings(
            Config config,
            Door door,
            Directory directory,
            BlobStore blobs,
            Spool spool,
            Watchers watchers,
            InstantSource clock,
            Pause pause) {
        this(
                config,
                door,
                directory,
                blobs,
                spool,
                watchers,
                clock,
                pause,
                new SignInMechanisms(config.get(Settings.AUTH_ALLOW_PLAINTEXT), directory, door),
                new UserLimits(config, System::nanoTime),
                new RecentClaims(System::nanoTime),
                new WrittenViews(config));
    }

    MessageLimit messageLimit() {
        return MessageLimit.of(config);
    }

    /** One store operation; throws {@link org.merpati.core.api.door.NotDone} when it failed. */
    <T> T call(Unit<T> unit) {
        return door.call(unit).orThrow();
    }
}
