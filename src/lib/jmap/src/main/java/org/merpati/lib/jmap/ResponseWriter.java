package org.merpati.lib.jmap;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.merpati.lib.jmap.json.JsonWriter;

/** Writes Response objects (RFC 8620 §3.4), one response after the other. */
public final class ResponseWriter {
    private static final byte[] BEGIN = octets("{\"methodResponses\":[");
    private static final byte[] COMMA = octets(",");
    private static final byte[] END = octets("],");

    private ResponseWriter() {}

    /** The stream is flushed and stays open. */
    public static void write(JmapResponse response, OutputStream out) throws IOException {
        out.write(BEGIN);
        writeRest(response, out);
    }

    /** The same with properties before the others (RFC 8887 §4.3.3), of which there is one at least. */
    public static void write(ObjectNode first, JmapResponse response, OutputStream out) throws IOException {
        byte[] object = JsonWriter.bytes(first);
        out.write(object, 0, object.length - 1); // it goes on where the object would end
        out.write(COMMA);
        out.write(BEGIN, 1, BEGIN.length - 1);
        writeRest(response, out);
    }

    private static void writeRest(JmapResponse response, OutputStream out) throws IOException {
        boolean first = true;
        for (var answer : response.methodResponses()) {
            if (!first) {
                out.write(COMMA);
            }
            first = false;
            try (var in = answer.open()) {
                in.transferTo(out);
            }
        }
        out.write(END);
        out.write(rest(response));
        out.flush();
    }

    private static byte[] rest(JmapResponse response) throws IOException {
        var rest = new ByteArrayOutputStream();
        try (var json = JsonWriter.generator(rest)) {
            json.writeStartObject();
            if (response.createdIds().isPresent()) {
                json.writeObjectFieldStart("createdIds");
                for (var id : response.createdIds().get().entrySet()) {
                    json.writeStringField(id.getKey(), id.getValue());
                }
                json.writeEndObject();
            }
            json.writeStringField("sessionState", response.sessionState());
            json.writeEndObject();
        }
        byte[] object = rest.toByteArray();
        return Arrays.copyOfRange(object, 1, object.length); // it goes on where END left off
    }

    static void write(Invocation invocation, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeString(invocation.name());
        json.writeTree(invocation.arguments());
        json.writeString(invocation.callId());
        json.writeEndArray();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
