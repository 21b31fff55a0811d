package org.merpati.lib.jmap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.merpati.lib.jmap.json.JsonWriter;

/** One method response as the octets that will be sent: so an answer of any length waits wherever octets may wait. */
public interface Answer extends AutoCloseable {
    /** Of the response, {@code error} for one. */
    String name();

    String callId();

    /** The whole Invocation (RFC 8620 §3.2) in JSON; may be read more than once. The caller closes the stream. */
    InputStream open() throws IOException;

    /** Gives back what holds the octets. */
    @Override
    void close();

    /** One that is in memory already. */
    static Answer of(Invocation response) {
        var octets = new ByteArrayOutputStream();
        try (var json = JsonWriter.generator(octets)) {
            ResponseWriter.write(response, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory takes all
        }
        return new Answer() {
            @Override
            public String name() {
                return response.name();
            }

            @Override
            public String callId() {
                return response.callId();
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(octets.toByteArray());
            }

            @Override
            public void close() {
                // memory needs none
            }
        };
    }
}
