package org.merpati.core.api;

import java.time.InstantSource;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.spool.Spool;
import org.merpati.core.api.watch.Watchers;

/**
 * The plain objects that exist once in a server and work on every thread, inside the door and outside it. In every home
 * one is a bean, so {@code door.call(services -> services.get(Platform.class))} brings it to where no injection is.
 */
public record Platform(
        Config config, BlobStore blobs, Spool spool, Directory directory, Watchers watchers, InstantSource clock) {}
