package org.merpati.lib.jmap.webpush;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.merpati.lib.jmap.json.JsonWriter;

/** How this server shows push services who it is (RFC 8292). */
public final class Vapid {
    private static final Duration VALID = Duration.ofHours(12); // RFC 8292 §2: 24 hours at most

    private final KeyPair keys;
    private final String contact;

    private Vapid(KeyPair keys, String contact) {
        this.keys = keys;
        this.contact = contact;
    }

    /**
     * @param secret that the key pair is made of: the same pair each time
     * @param contact whom a push service's operator writes to, as a {@code mailto:} address
     */
    public static Vapid of(byte[] secret, String contact) {
        return new Vapid(P256.pair(secret), contact);
    }

    /** The public key as clients hand it to their push service: the point, in base64url (RFC 8292 §3.2). */
    public String publicKey() {
        return base64(P256.octets((ECPublicKey) keys.getPublic()));
    }

    /** The Authorization header of a push to that address (RFC 8292 §3). */
    public String authorization(URI url, Instant now) {
        var json = JsonNodeFactory.instance;
        var header = json.objectNode().put("typ", "JWT").put("alg", "ES256");
        var claims = json.objectNode()
                .put("aud", url.getScheme() + "://" + url.getRawAuthority())
                .put("exp", now.plus(VALID).getEpochSecond())
                .put("sub", contact);
        var signed = part(header) + "." + part(claims);
        return "vapid t=" + signed + "." + base64(signature(signed)) + ", k=" + publicKey();
    }

    private byte[] signature(String text) {
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has ES256", e);
        }
    }

    private static String part(ObjectNode json) {
        return base64(JsonWriter.bytes(json));
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
