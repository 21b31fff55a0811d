package org.merpati.lib.jmap.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes JSON as UTF-8. */
public final class JsonWriter {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    /** Without a table of names: what is read back may hold names of strangers. */
    private static final JsonMapper OWN = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .build();

    private JsonWriter() {}

    /** A generator over the stream. The caller closes it, which flushes the stream and leaves it open. */
    public static JsonGenerator generator(OutputStream out) throws IOException {
        return MAPPER.createGenerator(out);
    }

    /** Reads again what was written by a generator, and nothing else: it has no limits. Closing it closes the stream. */
    public static JsonParser parser(InputStream in) throws IOException {
        return OWN.createParser(in);
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
