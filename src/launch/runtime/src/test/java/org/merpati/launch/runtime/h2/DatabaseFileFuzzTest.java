package org.merpati.launch.runtime.h2;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;

/** Whatever lies in the file, opening, reading and writing it ends, and throws nothing but {@link IOException}. */
class DatabaseFileFuzzTest {
    private static final int BLOCK = StoreHeader.BLOCK;
    private static final Path PATH = Path.of("fuzzed.mv.db");
    private static final String[] NAMES = {
        "H", "block", "blockSize", "chunk", "clean", "created", "format", "version", "fletcher", "length", "crc", "x"
    };

    @FuzzTest
    void garbage(byte[] bytes) {
        use(bytes);
        use(signed(bytes.clone()));
    }

    @Test
    void mixturesOfHeadersAndGarbage() {
        int opened = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var bytes = mixed(random);
            if (use(random.nextInt(4) == 0 ? bytes : signed(bytes))) {
                opened++;
            }
        }
        assertThat(opened).as("some are good enough to be opened").isBetween(200, 1_900);
    }

    @Test
    void aHeaderThatIsTooLongToBeWrittenAgainIsAnError() {
        for (int length = 440; length < 500; length++) {
            var bytes = new byte[2 * BLOCK];
            var line = ("H:2,x:" + "1".repeat(length - 6) + "\n").getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(line, 0, bytes, 0, line.length);
            System.arraycopy(line, 0, bytes, BLOCK, line.length);
            boolean opened = use(signed(bytes));
            if (length <= 480 || length >= 484) { // the checksum takes 17 or 18
                assertThat(opened).as("of %s octets", length).isEqualTo(length <= 480);
            }
        }
    }

    /** Whether it could be opened. */
    private static boolean use(byte[] bytes) {
        var disk = new MemoryDisk(bytes.clone());
        Mount.put(PATH, disk);
        try {
            var file = new DatabaseFile(PATH, Mount.of(PATH), false);
            var into = new byte[BLOCK];
            for (long at = 0; at < file.size(); at += BLOCK) {
                assertThat(file.read(at, into, 0, BLOCK)).isPositive();
            }
            write(file, bytes);
            file.close();
            return true;
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotEmpty();
            return false;
        } finally {
            Mount.remove(PATH);
        }
    }

    /** What H2 would never write is refused, and the file lets itself be closed. */
    private static void write(DatabaseFile file, byte[] bytes) throws IOException {
        var chunk = Arrays.copyOf(bytes, BLOCK);
        System.arraycopy("chunk:".getBytes(StandardCharsets.US_ASCII), 0, chunk, 0, 6);
        for (long at : new long[] {2 * BLOCK, 0}) {
            try {
                file.write(at, at == 0 ? Arrays.copyOf(bytes, 2 * BLOCK) : chunk);
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    private static byte[] mixed(Random random) {
        var bytes = new byte[random.nextInt(5) * BLOCK + (random.nextInt(4) == 0 ? random.nextInt(BLOCK) : 0)];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        }
        for (int at = 0; at + BLOCK <= Math.min(bytes.length, 2 * BLOCK); at += BLOCK) {
            var text = new StringBuilder("H:2");
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(random.nextInt(20) == 0 ? ';' : ',')
                        .append(NAMES[random.nextInt(NAMES.length)])
                        .append(random.nextInt(20) == 0 ? "" : ":")
                        .append(number(random));
            }
            if (random.nextBoolean() && bytes.length > 2 * BLOCK) {
                text.append(",block:2,chunk:1,version:")
                        .append(random.nextInt(9))
                        .append(",length:")
                        .append(Integer.toHexString(bytes.length - 2 * BLOCK))
                        .append(",crc:")
                        .append(Integer.toHexString(crcOfChunk(bytes)));
            }
            var line =
                    text.append(random.nextInt(5) == 0 ? "" : "\n").toString().getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(line, 0, bytes, at, Math.min(line.length, BLOCK));
        }
        return bytes;
    }

    private static String number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Integer.toHexString(random.nextInt(8));
            case 1 -> Long.toHexString(random.nextLong());
            case 2 -> "-" + random.nextInt();
            default -> Integer.toHexString(random.nextInt());
        };
    }

    private static int crcOfChunk(byte[] bytes) {
        var chunk = Arrays.copyOfRange(bytes, 2 * BLOCK, bytes.length);
        chunk[0] = 'c';
        var crc = new CRC32C();
        crc.update(chunk, 0, chunk.length);
        return (int) crc.getValue();
    }

    /** The same with a right checksum at the end of the first line of each header block. */
    private static byte[] signed(byte[] bytes) {
        for (int at = 0; at + BLOCK <= Math.min(bytes.length, 2 * BLOCK); at += BLOCK) {
            int end = at;
            while (end < at + BLOCK - 30 && bytes[end] != '\n') {
                end++;
            }
            var covered = Arrays.copyOfRange(bytes, at, end);
            var checksum =
                    ",fletcher:" + Integer.toHexString(DataUtils.getFletcher32(covered, 0, covered.length)) + "\n";
            System.arraycopy(checksum.getBytes(StandardCharsets.US_ASCII), 0, bytes, end, checksum.length());
        }
        return bytes;
    }

    /** One file in memory. */
    private static final class MemoryDisk implements Disk, DiskFile {
        private byte[] bytes;

        MemoryDisk(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public DiskFile open(Path file) {
            return this;
        }

        @Override
        public void delete(Path file) {
            bytes = new byte[0];
        }

        @Override
        public void syncFolder(Path folder) {
            // memory is as durable as it gets
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long at, byte[] into, int from, int length) {
            int count = (int) Math.max(0, Math.min(length, bytes.length - at));
            if (count > 0) {
                System.arraycopy(bytes, (int) at, into, from, count);
            }
            return count;
        }

        @Override
        public void write(long at, byte[] from, int offset, int length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(bytes.length, at + length));
            System.arraycopy(from, offset, bytes, (int) at, length);
        }

        @Override
        public void resize(long size) {
            bytes = Arrays.copyOf(bytes, (int) size);
        }

        @Override
        public void force() {
            // likewise
        }

        @Override
        public boolean lock() {
            return true;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
