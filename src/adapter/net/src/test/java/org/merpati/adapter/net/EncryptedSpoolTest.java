package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.blob.FreeSpace;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.config.ByteSize;
import org.merpati.core.api.spool.Spooled;

class EncryptedSpoolTest {
    private static final FreeSpace PLENTY = octets -> {};
    private static final int KB = 1024;

    @TempDir
    Path folder;

    private EncryptedSpool spool(int heap, int messageHeap) throws IOException {
        return EncryptedSpool.open(folder, new ByteSize(heap), new ByteSize(messageHeap), PLENTY);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(Spooled spooled) throws IOException {
        try (var in = spooled.open()) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, 20_000, 131_072, 131_073, 1_000_003, 3_000_000})
    void whatWasWrittenIsRead(int size) throws IOException {
        var spool = spool(1024 * KB, 128 * KB);
        var bytes = random(size);
        try (var spooled = spool.create()) {
            for (int at = 0; at < size; ) {
                int count = Math.min(size - at, 1 + (at * 31 + 7) % 5_000);
                spooled.sink().write(bytes, at, count);
                at += count;
            }
            assertThat(spooled.size()).isEqualTo(size);
            assertThat(read(spooled)).isEqualTo(bytes);
            assertThat(read(spooled)).as("a second time").isEqualTo(bytes);
            assertThat(files()).hasSize(size > 128 * KB ? 1 : 0);
        }
        assertThat(files()).isEmpty();
        assertThat(spool.heapLeft()).isEqualTo(1024 * KB);
    }

    @Test
    void aSmallMessageCostsLittleHeap() throws IOException {
        var spool = spool(1024 * KB, 128 * KB);
        try (var spooled = spool.create()) {
            assertThat(spool.heapLeft()).isEqualTo(1024 * KB);
            spooled.sink().write(random(4 * KB));
            assertThat(spool.heapLeft()).isEqualTo((1024 - 8) * KB);
        }
    }

    @Test
    void aFileHoldsNoPlainTextAndIsForItsOwnerOnly() throws IOException {
        var text = "Subject: the same line, again and again\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        var spool = spool(1024 * KB, 128 * KB);
        try (var one = spool.create();
                var two = spool.create()) {
            one.sink().write(text);
            two.sink().write(text);
            var files = files();
            assertThat(files).hasSize(2);
            var first = Files.readAllBytes(files.getFirst());
            assertThat(first).hasSameSizeAs(text);
            assertThat(new String(first, StandardCharsets.ISO_8859_1)).doesNotContain("Subject");
            assertThat(first).as("no key stream twice").isNotEqualTo(Files.readAllBytes(files.getLast()));
            assertThat(Arrays.mismatch(first, Files.readAllBytes(files.getLast())))
                    .isLessThan(16);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.getFirst())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void beyondTheBudgetMessagesGoToFilesAndAllIsGivenBack() throws Exception {
        var spool = spool(512 * KB, 128 * KB);
        var barrier = new CyclicBarrier(100);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < 100; i++) {
                var bytes = random(20_000 + i);
                tasks.add(CompletableFuture.runAsync(
                        () -> {
                            try (var spooled = spool.create()) {
                                spooled.sink().write(bytes, 0, 10_000);
                                barrier.await(30, TimeUnit.SECONDS);
                                assertThat(spool.heapLeft()).isNotNegative();
                                spooled.sink().write(bytes, 10_000, bytes.length - 10_000);
                                barrier.await(30, TimeUnit.SECONDS);
                                assertThat(files()).hasSizeGreaterThan(60);
                                assertThat(read(spooled)).isEqualTo(bytes);
                                barrier.await(30, TimeUnit.SECONDS);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        threads));
            }
            for (var task : tasks) {
                task.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(spool.heapLeft()).isEqualTo(512 * KB);
        assertThat(files()).isEmpty();
    }

    @Test
    void closingTwiceGivesBackOnce() throws IOException {
        var spool = spool(64 * KB, 32 * KB);
        var spooled = spool.create();
        spooled.sink().write(random(10 * KB));
        spooled.close();
        spooled.close();
        assertThat(spool.heapLeft()).isEqualTo(64 * KB);
        assertThatThrownBy(() -> spooled.sink().write(1)).isInstanceOf(IOException.class);
    }

    @Test
    void leftoversOfAnEarlierProcessAreDeleted() throws IOException {
        Files.write(folder.resolve("17.spool"), random(10));
        Files.write(folder.resolve("note.txt"), random(10));
        spool(KB, KB);
        assertThat(files()).containsExactly(folder.resolve("note.txt"));
    }

    @Test
    void aFullDiskIsSaidAtTheStartAndWhileWriting() throws IOException {
        var left = new AtomicLong(1_500_000);
        FreeSpace disk = octets -> {
            if (left.addAndGet(-octets) < 0) {
                throw new NoSpaceException("full");
            }
        };
        var spool = EncryptedSpool.open(folder, new ByteSize(KB), new ByteSize(KB), disk);
        try (var spooled = spool.create()) {
            assertThatThrownBy(() -> spooled.sink().write(random(2_000_000))).isInstanceOf(NoSpaceException.class);
        }
        assertThat(files()).isEmpty();
        assertThatThrownBy(spool::create).isInstanceOf(NoSpaceException.class);
    }

    @Test
    void aWriteThatTheDiskRefusesIsNoSpace() throws IOException {
        var full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full));
        var cipher = new SpoolCipher();
        var file = new SpoolFile(full, () -> cipher.of(1), PLENTY);
        assertThatThrownBy(() -> file.write(new byte[100], 0, 100)).isInstanceOf(NoSpaceException.class);
    }

    @Test
    void anInterruptedThreadGoesOnWriting() throws IOException {
        var spool = spool(0, KB);
        var bytes = random(100_000);
        try (var spooled = spool.create()) {
            Thread.currentThread().interrupt();
            spooled.sink().write(bytes);
            assertThat(read(spooled)).isEqualTo(bytes);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
