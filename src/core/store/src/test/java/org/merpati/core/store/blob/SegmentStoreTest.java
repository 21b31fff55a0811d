package org.merpati.core.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.blob.FreeSpace;
import org.merpati.core.api.blob.NoSpaceException;

class SegmentStoreTest {
    private static final FreeSpace ENOUGH = octets -> {};

    @TempDir
    Path folder;

    @Test
    void whatIsAppendedIsReadBackWholeAndInParts() throws IOException {
        try (var store = SegmentStore.open(folder, ENOUGH)) {
            for (int size : new int[] {0, 1, 4096, 65_535, 65_536, 65_537, 256 * 1024, 256 * 1024 + 1, 3_000_000}) {
                var bytes = bytes(size, size);
                var blob = store.append(Content.of(bytes));
                assertThat(blob.ref().size()).isEqualTo(size);
                assertThat(read(store, blob, 0, Long.MAX_VALUE)).isEqualTo(bytes);
                int from = size / 3;
                int length = size / 2;
                assertThat(read(store, blob, from, length))
                        .isEqualTo(Arrays.copyOfRange(bytes, from, Math.min(size, from + length)));
                assertThat(read(store, blob, size + 10L, 5)).isEmpty();
            }
        }
    }

    @Test
    void whatIsBegunHasBeenReadAndIsStoredOnceTheDiskSaysSo() throws Exception {
        var disk = new SlowDisk();
        try (var store = SegmentStore.open(disk, folder, ENOUGH);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var octets = bytes(5000, 1);
            var begun = store.begin(Content.of(octets));
            Arrays.fill(octets, (byte) 0);
            var stored = threads.submit(begun::stored);
            assertThatThrownBy(() -> stored.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            disk.goOn();
            assertThat(read(store, stored.get(10, TimeUnit.SECONDS), 0, 5000)).isEqualTo(bytes(5000, 1));
            assertThat(begun.stored()).isEqualTo(stored.get());
        }
    }

    @Test
    void itIsThereAfterReopeningAndNewBlobsComeBehindIt() throws IOException {
        Blob first;
        try (var store = SegmentStore.open(folder, ENOUGH)) {
            first = store.append(Content.of(bytes(5000, 1)));
        }
        try (var store = SegmentStore.open(folder, ENOUGH)) {
            var second = store.append(Content.of(bytes(5000, 2)));
            assertThat(read(store, first, 0, 5000)).isEqualTo(bytes(5000, 1));
            assertThat(read(store, second, 0, 5000)).isEqualTo(bytes(5000, 2));
            assertThat(second.ref().offset()).isGreaterThanOrEqualTo(first.ref().offset() + 5000);
        }
    }

    @Test
    void garbageLeftByACrashIsSteppedOver() throws IOException {
        Blob first;
        try (var store = SegmentStore.open(folder, ENOUGH)) {
            first = store.append(Content.of(bytes(100, 1)));
        }
        Files.write(SegmentWriter.path(folder, 1), bytes(777, 3), StandardOpenOption.APPEND);
        try (var store = SegmentStore.open(folder, ENOUGH)) {
            var second = store.append(Content.of(bytes(100, 2)));
            assertThat(read(store, first, 0, 100)).isEqualTo(bytes(100, 1));
            assertThat(read(store, second, 0, 100)).isEqualTo(bytes(100, 2));
        }
    }

    @Test
    void roomIsMadeAheadAndGivenBackAtTheEnd() throws IOException {
        var file = SegmentWriter.path(folder, 1);
        var asAfterACrash = Files.createDirectory(folder.resolve("crashed"));
        Blob last;
        try (var store = SegmentStore.open(folder, ENOUGH)) {
            for (int size : new int[] {100, 1_500_000, 5000}) {
                last = store.append(Content.of(bytes(size, size)));
                assertThat(read(store, last, 0, size)).isEqualTo(bytes(size, size));
            }
            last = store.append(Content.of(bytes(100, 1)));
            assertThat(Files.size(file)).isGreaterThan(2_000_000);
            Files.copy(file, SegmentWriter.path(asAfterACrash, 1));
        }
        assertThat(Files.size(file)).isEqualTo(last.ref().offset() + RecordLayout.prefix(100) + 100);
        try (var store = SegmentStore.open(asAfterACrash, ENOUGH)) {
            var next = store.append(Content.of(bytes(5000, 2)));
            assertThat(read(store, last, 0, 100)).isEqualTo(bytes(100, 1));
            assertThat(read(store, next, 0, 5000)).isEqualTo(bytes(5000, 2));
        }
    }

    @Test
    void manyAtOnceAllComeBackRight() throws Exception {
        try (var store = SegmentStore.open(folder, ENOUGH);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var blobs = new ArrayList<Future<Blob>>();
            for (int i = 0; i < 300; i++) {
                int seed = i;
                Callable<Blob> append = () -> store.append(Content.of(bytes(seed * 1000, seed)));
                blobs.add(threads.submit(append));
            }
            for (int i = 0; i < blobs.size(); i++) {
                assertThat(read(store, blobs.get(i).get(), 0, Long.MAX_VALUE)).isEqualTo(bytes(i * 1000, i));
            }
        }
    }

    @Test
    void aFlippedBitIsReportedAndNotGivenOut() throws IOException {
        try (var store = SegmentStore.open(folder, ENOUGH)) {
            var blob = store.append(Content.of(bytes(200_000, 1)));
            flip(blob.ref().offset() + RecordLayout.prefix(200_000) + 150_000);
            assertThat(read(store, blob, 0, 65_536)).hasSize(65_536);
            assertThatThrownBy(() -> read(store, blob, 140_000, 20_000))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void aReferenceToNoRecordIsRefused() throws IOException {
        try (var store = SegmentStore.open(folder, ENOUGH)) {
            var blob = store.append(Content.of(bytes(10_000, 1)));
            var wrong = new BlobRef(blob.ref().segment(), blob.ref().offset() + 1, 100);
            assertThatThrownBy(() -> store.open(wrong, 0, 100)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> store.open(new BlobRef(99, 0, 10), 0, 10)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void belowTheWatermarkNothingIsStored() throws IOException {
        FreeSpace none = octets -> {
            throw new NoSpaceException("full");
        };
        try (var store = SegmentStore.open(folder, none)) {
            assertThatThrownBy(() -> store.append(Content.of(bytes(10, 1)))).isInstanceOf(NoSpaceException.class);
        }
        assertThat(Files.size(SegmentWriter.path(folder, 1))).isZero();
    }

    @Test
    void contentShorterThanItSaysIsRefused() throws IOException {
        try (var store = SegmentStore.open(folder, ENOUGH)) {
            for (int size : new int[] {100, 1_000_000}) {
                var lying = new Content() {
                    @Override
                    public long size() {
                        return size;
                    }

                    @Override
                    public InputStream open() {
                        return new ByteArrayInputStream(new byte[size - 1]);
                    }
                };
                assertThatThrownBy(() -> store.append(lying)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void anInterruptedReaderDisturbsNobody() throws Exception {
        try (var store = SegmentStore.open(folder, ENOUGH)) {
            var blob = store.append(Content.of(bytes(100_000, 1)));
            var reader = Thread.ofPlatform().start(() -> {
                Thread.currentThread().interrupt();
                try {
                    read(store, blob, 0, 100_000);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            reader.join();
            assertThat(read(store, blob, 0, 100_000)).isEqualTo(bytes(100_000, 1));
            assertThat(store.append(Content.of(bytes(10, 2))).ref().size()).isEqualTo(10);
        }
    }

    private void flip(long offset) throws IOException {
        try (var file = new RandomAccessFile(SegmentWriter.path(folder, 1).toFile(), "rw")) {
            file.seek(offset);
            int was = file.read();
            file.seek(offset);
            file.write(was ^ 1);
        }
    }

    private static byte[] read(SegmentStore store, Blob blob, long from, long length) throws IOException {
        try (var in = store.open(blob.ref(), from, length)) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(int size, int seed) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
