package org.merpati.lib.jmap;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import org.merpati.lib.jmap.json.JsonWriter;

/** Writes Response objects (RFC 8620 §3.4), one response after the other. */
public final class ResponseWriter {
    private ResponseWriter() {}

    /** The stream is flushed and stays open. */
    public static void write(JmapResponse response, OutputStream out) throws IOException {
        try (var json = JsonWriter.generator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("methodResponses");
            for (var invocation : response.methodResponses()) {
                write(invocation, json);
            }
            json.writeEndArray();
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
    }

    private static void write(Invocation invocation, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeString(invocation.name());
        json.writeTree(invocation.arguments());
        json.writeString(invocation.callId());
        json.writeEndArray();
    }
}
