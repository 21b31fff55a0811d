package org.merpati.lib.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SCRAM's functions over one hash (RFC 5802 §2.2, RFC 7677 §3). */
public enum ScramHash {
    SHA_1("SHA-1", "HmacSHA1", 20),
    SHA_256("SHA-256", "HmacSHA256", 32);

    private final String digest;
    private final String hmac;
    private final int length;

    ScramHash(String digest, String hmac, int length) {
        this.digest = digest;
        this.hmac = hmac;
        this.length = length;
    }

    /** Octets of a key. */
    public int length() {
        return length;
    }

    /** {@code SCRAM-SHA-256}, say. */
    public String mechanism(boolean plus) {
        return "SCRAM-" + digest + (plus ? "-PLUS" : "");
    }

    public byte[] hash(byte[] octets) {
        try {
            return MessageDigest.getInstance(digest).digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + digest, e);
        }
    }

    public byte[] hmac(byte[] key, String text) {
        return mac(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The salted password; costs {@code 2 * iterations} hashes. */
    public byte[] salted(Password password, byte[] salt, int iterations) {
        try (var prepared = password.prepared()) {
            return prepared.use(octets -> pbkdf2(octets, salt, iterations));
        }
    }

    private byte[] pbkdf2(byte[] password, byte[] salt, int iterations) {
        var mac = mac(password);
        mac.update(salt);
        var turn = mac.doFinal(new byte[] {0, 0, 0, 1});
        var result = turn.clone();
        for (int i = 1; i < iterations; i++) {
            turn = mac.doFinal(turn);
            xor(result, turn);
        }
        return result;
    }

    /** Into the first. */
    public static void xor(byte[] target, byte[] other) {
        for (int i = 0; i < target.length; i++) {
            target[i] ^= other[i];
        }
    }

    private Mac mac(byte[] key) {
        try {
            var mac = Mac.getInstance(hmac);
            mac.init(new SecretKeySpec(key, hmac));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + hmac, e);
        }
    }
}
