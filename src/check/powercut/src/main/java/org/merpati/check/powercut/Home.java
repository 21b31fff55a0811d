package org.merpati.check.powercut;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.merpati.core.api.Platform;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Unit;
import org.merpati.core.store.Checks.Finding;
import org.merpati.core.store.Housekeeping;
import org.merpati.core.store.LocalWatchers;
import org.merpati.core.store.Migrations;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.StoreCheck;
import org.merpati.core.store.blob.SegmentStore;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** The store in one folder on one disk, without protocols. */
final class Home implements AutoCloseable {
    private final EmbeddedRuntime runtime;
    private final SegmentStore blobs;
    private final Door door;

    private Home(EmbeddedRuntime runtime, SegmentStore blobs) {
        this.runtime = runtime;
        this.blobs = blobs;
        this.door = runtime.get(Door.class);
    }

    static Home open(Path folder, Disk disk, Duration retention) throws IOException {
        var blobs = SegmentStore.open(disk, folder.resolve("blobs"), octets -> {});
        try {
            var runtime = EmbeddedRuntime.builder()
                    .data(folder)
                    .disk(disk)
                    .retention(retention)
                    .connections(8)
                    .start();
            try {
                runtime.get(PlatformHolder.class).set(platform(blobs));
                runtime.get(Migrations.class).migrate(runtime.get(DataSource.class), false);
                return new Home(runtime, blobs);
            } catch (RuntimeException e) {
                runtime.close();
                throw e;
            }
        } catch (RuntimeException e) {
            blobs.close();
            throw e;
        }
    }

    <T> T call(Unit<T> unit) {
        return door.call(unit).orThrow();
    }

    /** New each time, as after a restart. */
    Housekeeping housekeeping() {
        return new Housekeeping(door, runtime.get(PlatformHolder.class).platform());
    }

    /** What a check finds wrong. */
    List<Finding> check() {
        var findings = new ArrayList<Finding>();
        new StoreCheck(door, blobs, new StoreCheck.Options(false, true), findings::add, progress -> {}).run();
        return findings;
    }

    SegmentStore blobs() {
        return blobs;
    }

    DataSource database() {
        return runtime.get(DataSource.class);
    }

    @Override
    public void close() {
        runtime.close();
        blobs.close();
    }

    private static Platform platform(SegmentStore blobs) {
        var clock = InstantSource.system();
        return new Platform(
                Config.from(Map.of(), "powercut", Map.of(), new Properties()),
                blobs,
                () -> {
                    throw new IllegalStateException("no spool here");
                },
                new InternalDirectory(clock, new Passwords()),
                new LocalWatchers(),
                clock);
    }
}
