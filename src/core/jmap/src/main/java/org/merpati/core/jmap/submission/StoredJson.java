package org.merpati.core.jmap.submission;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.merpati.lib.jmap.json.JsonWriter;

/** Values that the store keeps as text and does not read. */
final class StoredJson {
    private StoredJson() {}

    static String text(JsonNode value) {
        return new String(JsonWriter.bytes(value), StandardCharsets.UTF_8);
    }

    /** @param text of {@link #text} */
    static JsonNode value(String text) {
        var octets = text.getBytes(StandardCharsets.UTF_8);
        try (var parser = JsonWriter.parser(new ByteArrayInputStream(octets))) {
            return parser.readValueAsTree();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // we wrote it
        }
    }
}
