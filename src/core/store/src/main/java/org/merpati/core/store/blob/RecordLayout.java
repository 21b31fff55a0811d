package org.merpati.core.store.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A blob's record in a segment: a header of 64 octets, a CRC-32C for each block of 64 KB of content, the content.
 *
 * <p>Header: magic, CRC-32C of the rest of the header, size of the content (8 octets), its SHA-256 (32), zeros. Numbers
 * are big-endian. The blocks' checksums let any part of a blob be checked while it is read.
 */
final class RecordLayout {
    static final int HEADER = 64;
    static final int BLOCK = 64 * 1024;
    private static final int MAGIC = 0x4d504231; // MPB1

    private RecordLayout() {}

    static int blocks(long size) {
        return Math.toIntExact((size + BLOCK - 1) / BLOCK);
    }

    /** Octets before the content. */
    static int prefix(long size) {
        return HEADER + 4 * blocks(size);
    }

    static byte[] prefix(long size, byte[] sha256, int[] checksums) {
        var out = ByteBuffer.allocate(prefix(size));
        out.putInt(MAGIC).putInt(0).putLong(size).put(sha256);
        out.putInt(4, headerChecksum(out.array()));
        out.position(HEADER);
        for (int checksum : checksums) {
            out.putInt(checksum);
        }
        return out.array();
    }

    /** That of the content, as a record's header says. */
    static byte[] sha256(byte[] record) {
        return Arrays.copyOfRange(record, 16, 48);
    }

    /** Says whether these octets are the header of a record of that size. */
    static void check(byte[] header, long size) throws IOException {
        var in = ByteBuffer.wrap(header);
        if (in.getInt() != MAGIC || in.getInt() != headerChecksum(header) || in.getLong() != size) {
            throw new IOException("damaged: no blob of " + size + " octets where one should be");
        }
    }

    static int checksum(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    static String hex(byte[] sha256) {
        return HexFormat.of().formatHex(sha256);
    }

    private static int headerChecksum(byte[] header) {
        return checksum(header, 8, HEADER - 8);
    }
}
