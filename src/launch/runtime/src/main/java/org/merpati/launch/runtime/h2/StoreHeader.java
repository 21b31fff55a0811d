package org.merpati.launch.runtime.h2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.DataUtils;

/**
 * One of the two header blocks of H2's file: {@code name:value} pairs, numbers in hexadecimal, a Fletcher checksum last.
 * Ours has two more: {@code length} and {@code crc} of the chunk it names. H2 passes over them.
 */
record StoreHeader(Map<String, String> values) {
    static final int BLOCK = 4096;
    private static final int LONGEST = 500; // within one sector, which a disk writes whole or not at all
    private static final String CHECKSUM = "fletcher";

    StoreHeader {
        values = Map.copyOf(values);
    }

    /** A chunk that holds a commit, and where it is. */
    record Commit(long version, int chunk, long block, int length, int crc) {}

    /** Empty for anything that H2 would not take either. */
    static Optional<StoreHeader> parse(byte[] bytes, int from) {
        int end = from;
        while (end < from + LONGEST && bytes[end] != '\n') {
            end++;
        }
        var text = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
        int checksum = text.lastIndexOf("," + CHECKSUM + ":");
        if (checksum < 0 || !text.startsWith("H:")) {
            return Optional.empty();
        }
        var covered = text.substring(0, checksum).getBytes(StandardCharsets.ISO_8859_1);
        var values = pairs(text.substring(0, checksum));
        var stored = text.substring(checksum + CHECKSUM.length() + 2);
        if (!stored.equals(Integer.toHexString(DataUtils.getFletcher32(covered, 0, covered.length)))) {
            return Optional.empty();
        }
        return Optional.of(new StoreHeader(values));
    }

    /** The pairs at the beginning of a chunk, which has no checksum of its own there. */
    static Map<String, String> chunkHeader(byte[] bytes, int from, int length) {
        int end = from;
        while (end < Math.min(from + LONGEST, from + length) && bytes[end] != '\n') {
            end++;
        }
        return pairs(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
    }

    long version() {
        return number(values, "version").orElse(0L);
    }

    boolean isClean() {
        return number(values, "clean").orElse(0L) != 0;
    }

    /** Present when this layer wrote the header. */
    Optional<Commit> commit() {
        var length = number(values, "length");
        var crc = number(values, "crc");
        var block = number(values, "block");
        var chunk = number(values, "chunk");
        if (length.isEmpty() || crc.isEmpty() || block.isEmpty() || chunk.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Commit(
                version(),
                chunk.get().intValue(),
                block.get(),
                length.get().intValue(),
                crc.get().intValue()));
    }

    StoreHeader naming(Commit commit) {
        var changed = new LinkedHashMap<>(values);
        changed.remove("clean");
        changed.put("version", Long.toHexString(commit.version()));
        changed.put("chunk", Integer.toHexString(commit.chunk()));
        changed.put("block", Long.toHexString(commit.block()));
        changed.put("length", Integer.toHexString(commit.length()));
        changed.put("crc", Integer.toHexString(commit.crc()));
        return new StoreHeader(changed);
    }

    /** Without what H2 does not know but carries along. */
    StoreHeader plain() {
        return without("length").without("crc");
    }

    StoreHeader without(String name) {
        var changed = new LinkedHashMap<>(values);
        changed.remove(name);
        return new StoreHeader(changed);
    }

    /** A whole block. */
    byte[] bytes() throws IOException {
        var names = new java.util.TreeSet<>(values.keySet());
        names.remove("H");
        var text = new StringBuilder("H:").append(values.getOrDefault("H", "2"));
        for (var name : names) {
            text.append(',').append(name).append(':').append(values.get(name));
        }
        var covered = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        text.append(',')
                .append(CHECKSUM)
                .append(':')
                .append(Integer.toHexString(DataUtils.getFletcher32(covered, 0, covered.length)))
                .append('\n');
        var line = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        if (line.length > LONGEST) {
            throw new IOException("a header of H2's file is too long: " + text);
        }
        var block = new byte[BLOCK];
        System.arraycopy(line, 0, block, 0, line.length);
        return block;
    }

    static Optional<Long> number(Map<String, String> values, String name) {
        var value = values.get(name);
        if (value == null || !value.matches("[0-9a-f]{1,16}")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseUnsignedLong(value, 16));
    }

    private static Map<String, String> pairs(String text) {
        var pairs = new LinkedHashMap<String, String>();
        for (var pair : text.strip().split(",", -1)) {
            int colon = pair.indexOf(':');
            if (colon > 0) {
                pairs.put(pair.substring(0, colon), pair.substring(colon + 1));
            }
        }
        return pairs;
    }
}
