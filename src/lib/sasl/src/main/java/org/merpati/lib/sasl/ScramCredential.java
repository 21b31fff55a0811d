package org.merpati.lib.sasl;

/** What a server keeps to check a password by SCRAM, and what can't sign in by itself (RFC 5802 §3). Does not print. */
public final class ScramCredential {
    /** RFC 7677 §4. */
    public static final int MIN_ITERATIONS = 4096;

    private final byte[] salt;
    private final int iterations;
    private final byte[] storedKey;
    private final byte[] serverKey;

    /** Takes the arrays as its own. */
    public ScramCredential(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
        if (salt.length == 0 || iterations < 1 || storedKey.length == 0 || serverKey.length != storedKey.length) {
            throw new IllegalArgumentException("not a SCRAM credential");
        }
        this.salt = salt;
        this.iterations = iterations;
        this.storedKey = storedKey;
        this.serverKey = serverKey;
    }

    public static ScramCredential derive(ScramHash hash, Password password, byte[] salt, int iterations) {
        var salted = hash.salted(password, salt, iterations);
        return new ScramCredential(
                salt.clone(), iterations, hash.hash(hash.hmac(salted, "Client Key")), hash.hmac(salted, "Server Key"));
    }

    /** {@code iterations,salt,StoredKey,ServerKey}, the last three in base64 with or without padding. */
    public static ScramCredential parse(String text) {
        var parts = text.split(",", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not a SCRAM credential");
        }
        var decoder = java.util.Base64.getDecoder();
        return new ScramCredential(
                decoder.decode(parts[1]),
                Integer.parseInt(parts[0]),
                decoder.decode(parts[2]),
                decoder.decode(parts[3]));
    }

    /** What {@link #parse} reads. Whoever has it can try passwords offline. */
    public String text() {
        var encoder = java.util.Base64.getEncoder().withoutPadding();
        return iterations + "," + encoder.encodeToString(salt) + "," + encoder.encodeToString(storedKey) + ","
                + encoder.encodeToString(serverKey);
    }

    public byte[] salt() {
        return salt.clone();
    }

    public int iterations() {
        return iterations;
    }

    public byte[] storedKey() {
        return storedKey.clone();
    }

    public byte[] serverKey() {
        return serverKey.clone();
    }

    @Override
    public String toString() {
        return "ScramCredential[hidden]";
    }
}
