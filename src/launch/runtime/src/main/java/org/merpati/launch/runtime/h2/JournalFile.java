package org.merpati.launch.runtime.h2;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.merpati.core.api.disk.DiskFile;

/**
 * One of the two files that the journal is written to by turns. It is written over from its beginning each time, so that an
 * fsync seldom has more to cover than octets: what lies behind the newest record is passed over by its checksum.
 * For one thread at a time.
 */
final class JournalFile implements Closeable {
    private static final long MARK = 0x4d45_5250_4a4e_4c31L; // MERPJNL1
    private static final int HEADER = 512; // one sector, which a disk writes whole or not at all
    private static final int HEADER_USED = 3 * Long.BYTES;
    private static final int AHEAD = 1 << 20;
    private static final int LONGEST_RECORD = 64 << 20;

    private final DiskFile file;
    private long end = HEADER;
    private long allocated;

    JournalFile(DiskFile file) throws IOException {
        this.file = file;
        this.allocated = file.size();
    }

    /**
     * What the records of a file follow.
     *
     * @param first the number of the first record
     * @param before the checksum of the record before that one
     */
    record Beginning(long first, int before) {}

    @FunctionalInterface
    interface Reader {
        /** False when this record and those behind it are not to be taken. */
        boolean take(byte[] body, int checksum) throws IOException;
    }

    /** Empty for a file that never was written to, and for one whose beginning was not written to its end. */
    Optional<Beginning> beginning() throws IOException {
        var bytes = new byte[HEADER_USED];
        if (file.read(0, bytes, 0, HEADER_USED) < HEADER_USED) {
            return Optional.empty();
        }
        var header = ByteBuffer.wrap(bytes);
        if (header.getLong() != MARK) {
            return Optional.empty();
        }
        var beginning = new Beginning(header.getLong(), header.getInt());
        return header.getInt() == crc(bytes) ? Optional.of(beginning) : Optional.empty();
    }

    /** Reads the records that are whole; the next one that is written follows the last that was taken. */
    void read(Beginning beginning, Reader reader) throws IOException {
        end = HEADER;
        int before = beginning.before();
        var head = new byte[JournalRecord.HEAD];
        while (file.read(end, head, 0, head.length) == head.length) {
            var values = ByteBuffer.wrap(head);
            int length = values.getInt();
            int checksum = values.getInt();
            if (length < Long.BYTES || length > LONGEST_RECORD || length > allocated - end - head.length) {
                return;
            }
            var body = new byte[length];
            if (file.read(end + head.length, body, 0, length) < length
                    || JournalRecord.checksum(before, body, 0, length) != checksum
                    || !reader.take(body, checksum)) {
                return;
            }
            before = checksum;
            end += head.length + length;
        }
    }

    /** What was in it is of no use any more. Durable with {@link #force}. */
    void begin(Beginning beginning) throws IOException {
        var header = ByteBuffer.allocate(HEADER);
        header.putLong(MARK).putLong(beginning.first()).putInt(beginning.before());
        header.putInt(crc(header.array()));
        makeRoom(AHEAD);
        file.write(0, header.array(), 0, HEADER);
        end = HEADER;
    }

    void append(byte[] records) throws IOException {
        makeRoom(end + records.length);
        file.write(end, records, 0, records.length);
        end += records.length;
    }

    void force() throws IOException {
        file.force();
    }

    /** Fails while the disk takes nothing. */
    void prove() throws IOException {
        makeRoom(end + 4L * AHEAD);
        var nothing = new byte[JournalRecord.HEAD];
        file.write(end, nothing, 0, nothing.length);
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static int crc(byte[] header) {
        var crc = new CRC32C();
        crc.update(Arrays.copyOf(header, 2 * Long.BYTES + Integer.BYTES));
        return (int) crc.getValue();
    }

    /** Zeros are written ahead, so that most fsyncs cover no change of the file's length. */
    private void makeRoom(long to) throws IOException {
        if (to > allocated) {
            var zeros = new byte[AHEAD];
            long wanted = (to + AHEAD - 1) / AHEAD * AHEAD;
            for (long at = allocated; at < wanted; at += AHEAD) {
                file.write(at, zeros, 0, (int) Math.min(AHEAD, wanted - at));
            }
            allocated = wanted;
        }
    }
}
