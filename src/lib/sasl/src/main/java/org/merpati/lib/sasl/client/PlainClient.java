package org.merpati.lib.sasl.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.merpati.lib.sasl.client.ClientStep.Respond;
import org.merpati.lib.sasl.client.Credentials.WithPassword;

/** PLAIN (RFC 4616) and LOGIN. */
final class PlainClient {
    private PlainClient() {}

    static ClientStep plain(WithPassword credentials) {
        var message = new ByteArrayOutputStream();
        message.writeBytes(utf8(credentials.actAs().orElse("")));
        message.write(0);
        message.writeBytes(utf8(credentials.login()));
        message.write(0);
        credentials.password().use(octets -> {
            message.writeBytes(octets);
            return true;
        });
        return Respond.last(message.toByteArray());
    }

    /** What the prompts say is not looked at: servers differ. */
    static ClientStep login(WithPassword credentials) {
        return Respond.waiting(prompt -> Respond.expecting(
                utf8(credentials.login()),
                second -> credentials.password().use(octets -> Respond.last(octets.clone()))));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
