package org.merpati.lib.sasl.client;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.merpati.lib.sasl.client.ClientStep.Respond;
import org.merpati.lib.sasl.client.Credentials.WithPassword;

/** CRAM-MD5: name, space, and the challenge keyed with the password (RFC 2195 §2). The server proves nothing. */
final class CramMd5Client {
    private CramMd5Client() {}

    static ClientStep start(WithPassword credentials) {
        return Respond.waiting(challenge -> {
            var digest = credentials.password().use(octets -> hmac(octets, challenge));
            return Respond.last(
                    PlainClient.utf8(credentials.login() + " " + HexFormat.of().formatHex(digest)));
        });
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacMD5", e);
        }
    }
}
