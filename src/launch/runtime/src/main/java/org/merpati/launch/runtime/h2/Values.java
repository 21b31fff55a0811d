package org.merpati.launch.runtime.h2;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What statements are given, as the journal has it. Other types than these are not journaled. */
final class Values {
    private static final int NULL = 0;
    private static final int LONG = 1;
    private static final int INTEGER = 2;
    private static final int STRING = 3;
    private static final int BYTES = 4;
    private static final int TRUE = 5;
    private static final int FALSE = 6;
    private static final int ARRAY = 7;

    private Values() {}

    static boolean knows(@Nullable Object value) {
        return value == null
                || value instanceof Long
                || value instanceof Integer
                || value instanceof String
                || value instanceof byte[]
                || value instanceof Boolean
                || (value instanceof Object[] all && Arrays.stream(all).allMatch(Values::knows));
    }

    static void write(DataOutputStream out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte(NULL);
            case Long number -> {
                out.writeByte(LONG);
                out.writeLong(number);
            }
            case Integer number -> {
                out.writeByte(INTEGER);
                out.writeInt(number);
            }
            case String text -> {
                out.writeByte(STRING);
                bytes(out, text.getBytes(StandardCharsets.UTF_8));
            }
            case byte[] octets -> {
                out.writeByte(BYTES);
                bytes(out, octets);
            }
            case Object[] all -> {
                out.writeByte(ARRAY);
                out.writeInt(all.length);
                for (var one : all) {
                    write(out, one);
                }
            }
            case Boolean is -> out.writeByte(is ? TRUE : FALSE);
            default -> throw new IOException("no value for the journal: " + value.getClass());
        }
    }

    static @Nullable Object read(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case NULL -> null;
            case LONG -> in.readLong();
            case INTEGER -> in.readInt();
            case STRING -> new String(bytes(in), StandardCharsets.UTF_8);
            case BYTES -> bytes(in);
            case TRUE -> true;
            case FALSE -> false;
            case ARRAY -> array(in);
            default -> throw new IOException("an unknown kind of value: " + kind);
        };
    }

    private static Object[] array(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("an array longer than its record");
        }
        var all = new ArrayList<@Nullable Object>();
        for (int i = 0; i < length; i++) {
            all.add(read(in));
        }
        return all.toArray();
    }

    static void bytes(DataOutputStream out, byte[] octets) throws IOException {
        out.writeInt(octets.length);
        out.write(octets);
    }

    static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a value longer than its record");
        }
        return in.readNBytes(length);
    }
}
