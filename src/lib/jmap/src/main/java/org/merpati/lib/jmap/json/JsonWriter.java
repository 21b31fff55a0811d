package org.merpati.lib.jmap.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes JSON as UTF-8. */
public final class JsonWriter {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private JsonWriter() {}

    /** A generator over the stream. The caller closes it, which flushes the stream and leaves it open. */
    public static JsonGenerator generator(OutputStream out) throws IOException {
        return MAPPER.createGenerator(out);
    }

    /** The whole value; the stream stays open. */
    public static void write(JsonNode value, OutputStream out) throws IOException {
        try (var json = generator(out)) {
            json.writeTree(value);
        }
    }

    /** For what is small. */
    public static byte[] bytes(JsonNode value) {
        var out = new ByteArrayOutputStream();
        try {
            write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory takes all
        }
        return out.toByteArray();
    }
}
