package org.merpati.core.jmap.mdn;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.merpati.lib.jmap.json.JsonLimits;
import org.merpati.lib.jmap.json.JsonReader;
import org.merpati.lib.jmap.json.JsonSyntaxException;
import org.merpati.lib.jmap.json.JsonWriter;
import org.merpati.lib.mime.Octets;

/** Whatever is uploaded is a notification or none, and what is told of one can be written and read again. */
class NotificationFuzzTest {
    private static final JsonReader READER = new JsonReader(new JsonLimits(100_000_000, 10, 10_000_000));

    @FuzzTest(maxDuration = "30s")
    void aMessageIsANotificationOrNone(byte[] message) throws IOException, JsonSyntaxException {
        look(message);
    }

    /** The fields alone, where a mutation of a whole message seldom comes to. */
    @FuzzTest(maxDuration = "30s")
    void theFieldsAreReadOrRefused(byte[] fields) throws IOException, JsonSyntaxException {
        var head = """
                Content-Type: multipart/report; boundary=b\r
                \r
                --b\r
                Content-Type: message/disposition-notification\r
                \r
                """;
        look((head + new String(fields, StandardCharsets.ISO_8859_1) + "\r\n--b--\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void look(byte[] message) throws IOException, JsonSyntaxException {
        var notification = Notification.parse(Octets.of(message));
        if (notification.isPresent()) {
            var json = notification.get().toJson(JsonNodeFactory.instance.nullNode());
            var again = READER.read(new ByteArrayInputStream(JsonWriter.bytes(json)));
            if (!again.get("disposition").isObject()) {
                throw new AssertionError("a notification without a disposition: " + again);
            }
        }
    }
}
