package org.merpati.core.imap;

import java.time.InstantSource;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.watch.Watchers;

/** What all sessions of the server share. */
record Surroundings(
        Config config,
        Door door,
        Directory directory,
        BlobStore blobs,
        Watchers watchers,
        InstantSource clock,
        Pause pause) {
    /** One store operation; throws {@link org.merpati.core.api.door.NotDone} when it failed. */
    <T> T call(Unit<T> unit) {
        return door.call(unit).orThrow();
    }
}
