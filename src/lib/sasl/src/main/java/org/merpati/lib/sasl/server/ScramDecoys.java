package org.merpati.lib.sasl.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.sasl.ScramCredential;
import org.merpati.lib.sasl.ScramHash;

/**
 * Credentials of logins that do not exist: the same salt each time somebody asks, as an existing login would have
 * (RFC 5802 §9), in any mix of case, and the same for each hash, as the store keeps it. The key is kept secret and kept over
 * restarts; salts that change with a restart would give the unknown away.
 */
public final class ScramDecoys {
    private static final int SHORTEST_KEY = 16;

    private final Supplier<byte[]> source;
    private final int saltLength;
    private final int iterations;
    private volatile byte @Nullable [] key;

    /**
     * @param key asked for until it gives one; what it throws, who needs a decoy gets
     * @param saltLength octets, as of true credentials
     * @param iterations as of true credentials
     */
    public ScramDecoys(Supplier<byte[]> key, int saltLength, int iterations) {
        if (saltLength < 1 || saltLength > 32 || iterations < ScramCredential.MIN_ITERATIONS) {
            throw new IllegalArgumentException("decoys need the salt and iterations of the real");
        }
        this.source = key;
        this.saltLength = saltLength;
        this.iterations = iterations;
    }

    ScramCredential of(ScramHash hash, String login) {
        var key = key();
        var name = login.toLowerCase(Locale.ROOT);
        var salt = Arrays.copyOf(ScramHash.SHA_256.hmac(key, "salt " + name), saltLength);
        return new ScramCredential(
                salt, iterations, hash.hmac(key, "stored " + name), hash.hmac(key, "server " + name));
    }

    private byte[] key() {
        var known = key;
        if (known == null) {
            known = source.get().clone();
            if (known.length < SHORTEST_KEY) {
                throw new IllegalArgumentException("decoys need a key of 16 octets");
            }
            key = known;
        }
        return known;
    }
}
