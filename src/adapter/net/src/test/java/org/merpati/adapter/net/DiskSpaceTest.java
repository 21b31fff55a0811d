package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.config.ByteSize;

class DiskSpaceTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger usable = new AtomicInteger(1_500);
    private final DiskSpace disk = new DiskSpace(
            () -> {
                asked.incrementAndGet();
                return usable.get();
            },
            new ByteSize(1_000),
            now::get);

    @Test
    void theWatermarkStaysFree() throws NoSpaceException {
        disk.require(500);
        assertThatThrownBy(() -> disk.require(1))
                .isInstanceOf(NoSpaceException.class)
                .hasMessageContaining("disk.watermark");
    }

    @Test
    void theDiskIsAskedOnceASecond() throws NoSpaceException {
        for (int i = 0; i < 100; i++) {
            disk.require(1);
        }
        assertThat(asked).hasValue(1);
        usable.set(999);
        disk.require(0);
        now.updateAndGet(instant -> instant.plusMillis(1_000));
        assertThatThrownBy(() -> disk.require(0)).isInstanceOf(NoSpaceException.class);
        assertThat(asked).hasValue(2);
        usable.set(1_500);
        now.updateAndGet(instant -> instant.plusSeconds(1));
        assertThatCode(() -> disk.require(0)).doesNotThrowAnyException();
    }

    @Test
    void theFoldersOwnDiskIsMeasured(@TempDir Path folder) {
        assertThatCode(() -> DiskSpace.of(folder, new ByteSize(1), InstantSource.system())
                        .require(1))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> DiskSpace.of(folder, new ByteSize(Long.MAX_VALUE), InstantSource.system())
                        .require(1))
                .isInstanceOf(NoSpaceException.class);
    }
}
