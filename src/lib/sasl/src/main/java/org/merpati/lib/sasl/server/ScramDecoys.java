package org.merpati.lib.sasl.server;

import java.util.Arrays;
import java.util.Locale;
import org.merpati.lib.sasl.ScramCredential;
import org.merpati.lib.sasl.ScramHash;

/**
 * Credentials of logins that do not exist: the same salt each time somebody asks, as an existing login would have
 * (RFC 5802 §9), in any mix of case, and the same for each hash, as the store keeps it. The key is kept secret and kept over
 * restarts; salts that change with a restart would give the unknown away.
 */
public final class ScramDecoys {
    private final byte[] key;
    private final int saltLength;
    private final int iterations;

    /**
     * @param saltLength octets, as of true credentials
     * @param iterations as of true credentials
     */
    public ScramDecoys(byte[] key, int saltLength, int iterations) {
        if (key.length < 16 || saltLength < 1 || saltLength > 32 || iterations < ScramCredential.MIN_ITERATIONS) {
            throw new IllegalArgumentException(
                    "decoys need a key of 16 octets and the salt and iterations of the real");
        }
        this.key = key.clone();
        this.saltLength = saltLength;
        this.iterations = iterations;
    }

    ScramCredential of(ScramHash hash, String login) {
        var name = login.toLowerCase(Locale.ROOT);
        var salt = Arrays.copyOf(ScramHash.SHA_256.hmac(key, "salt " + name), saltLength);
        return new ScramCredential(
                salt, iterations, hash.hmac(key, "stored " + name), hash.hmac(key, "server " + name));
    }
}
