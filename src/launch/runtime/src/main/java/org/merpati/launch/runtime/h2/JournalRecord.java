package org.merpati.launch.runtime.h2;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One transaction in the journal: {@code length, checksum, number, executions}. The checksum covers the one before it too, so
 * that a record is taken for one only behind those that it was written behind.
 *
 * @param checksum of this record and, by the one before, of all before it
 */
record JournalRecord(long number, int checksum, List<Execution> executions) {
    static final int HEAD = 2 * Integer.BYTES;

    JournalRecord {
        executions = List.copyOf(executions);
    }

    /** A statement with its values, and how many rows it changed ({@link Changes#ANY}: any number). */
    record Execution(String sql, List<@Nullable Object> values, int rows) {}

    /** The texts of the statements that a file has: each stands there once, and is a number from then on. */
    static final class Texts {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> texts = new ArrayList<>();

        int size() {
            return texts.size();
        }

        /** Forgets those that came last. */
        void shrink(int to) {
            while (texts.size() > to) {
                numbers.remove(texts.removeLast());
            }
        }
    }

    /** The octets for a file with these texts. */
    static byte[] encode(long number, Changes changes, Texts texts) {
        var bytes = new ByteArrayOutputStream(1_024);
        try (var out = new DataOutputStream(bytes)) {
            out.writeLong(0); // the head, when the rest is known
            out.writeLong(number);
            out.writeInt(changes.executions().size());
            var values = changes.values();
            int from = 0;
            for (var execution : changes.executions()) {
                var known = texts.numbers.get(execution.sql());
                out.writeInt(known == null ? texts.texts.size() : known);
                if (known == null) {
                    texts.numbers.put(execution.sql(), texts.texts.size());
                    texts.texts.add(execution.sql());
                    Values.bytes(out, execution.sql().getBytes(StandardCharsets.UTF_8));
                }
                out.write(values, from, execution.end() - from);
                from = execution.end();
            }
        } catch (IOException e) {
            throw new IllegalStateException("into memory", e);
        }
        return bytes.toByteArray();
    }

    /** Writes the head into encoded octets; the record's checksum. */
    static int seal(byte[] encoded, int before) {
        int checksum = checksum(before, encoded, HEAD, encoded.length - HEAD);
        ByteBuffer.wrap(encoded).putInt(encoded.length - HEAD).putInt(checksum);
        return checksum;
    }

    static int checksum(int before, byte[] octets, int from, int length) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(before).flip());
        crc.update(octets, from, length);
        return (int) crc.getValue();
    }

    /** What stands behind the head. */
    static JournalRecord decode(byte[] body, int checksum, Texts texts) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(body))) {
            long number = in.readLong();
            int count = in.readInt();
            if (count < 0 || count > body.length) {
                throw new IOException("more statements than the record has octets");
            }
            var executions = new ArrayList<Execution>(Math.min(count, 1_000));
            for (int i = 0; i < count; i++) {
                int text = in.readInt();
                if (text == texts.texts.size()) {
                    var sql = new String(Values.bytes(in), StandardCharsets.UTF_8);
                    texts.numbers.put(sql, text);
                    texts.texts.add(sql);
                } else if (text < 0 || text > texts.texts.size()) {
                    throw new IOException("a statement that was not given before");
                }
                int rows = in.readInt();
                int size = in.readUnsignedShort();
                var values = new ArrayList<@Nullable Object>(size);
                for (int j = 0; j < size; j++) {
                    values.add(Values.read(in));
                }
                executions.add(new Execution(texts.texts.get(text), values, rows));
            }
            return new JournalRecord(number, checksum, executions);
        }
    }
}
