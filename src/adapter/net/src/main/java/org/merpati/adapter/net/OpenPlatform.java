package org.merpati.adapter.net;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.merpati.core.api.Platform;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.core.store.LocalWatchers;
import org.merpati.core.store.blob.SegmentStore;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.Passwords;

/**
 * The {@link Platform} of a server, with what has to be given back at its end: the data folder's lock and the blob store.
 * Every home opens one at its start and closes it last, after listeners and database.
 */
public final class OpenPlatform implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OpenPlatform.class.getName());

    private final DataFolder folder;
    private final SegmentStore blobs;
    private final ServerKeys keys;
    private final Platform platform;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OpenPlatform(DataFolder folder, SegmentStore blobs, ServerKeys keys, Platform platform) {
        this.folder = folder;
        this.blobs = blobs;
        this.keys = keys;
        this.platform = platform;
    }

    /**
     * Takes the data folder and opens what lies in it; makes folder and certificate the first time.
     *
     * @throws IOException that names the folder or file, also when another server holds the folder
     */
    public static OpenPlatform open(Config config) throws IOException {
        return open(config, InstantSource.system());
    }

    static OpenPlatform open(Config config, InstantSource clock) throws IOException {
        var folder = DataFolder.open(config.get(Settings.DATA));
        try {
            var keys = ServerKeys.open(config, clock);
            var disk = DiskSpace.of(folder.path(), config.get(Settings.DISK_WATERMARK), clock);
            var spool = EncryptedSpool.open(
                    folder.path().resolve("spool"),
                    config.get(Settings.SPOOL_HEAP),
                    config.get(Settings.SPOOL_MESSAGE_HEAP),
                    disk);
            var directory = new InternalDirectory(clock, new Passwords());
            var blobs = SegmentStore.open(OwnerOnly.folder(folder.path().resolve("blobs")), disk);
            return new OpenPlatform(
                    folder, blobs, keys, new Platform(config, blobs, spool, directory, new LocalWatchers(), clock));
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    public Platform platform() {
        return platform;
    }

    /** The server's keys and certificates, for HTTPS as well. */
    public ServerKeys keys() {
        return keys;
    }

    /** Closes the blob store and lets the folder go; may be called again. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            blobs.close();
        } finally {
            try {
                folder.close();
            } catch (IOException e) {
                LOG.log(WARNING, "the data folder's lock was not let go: " + e);
            }
        }
    }
}
