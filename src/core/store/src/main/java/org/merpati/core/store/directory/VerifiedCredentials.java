package org.merpati.core.store.directory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.directory.Secret;

/**
 * Logins that were right within the last five minutes: a hash costs some 30 ms, a client signs in with every request. Keeps
 * an HMAC under a key of this process, never the password, and the 10,000 used last.
 */
final class VerifiedCredentials {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST = 10_000;

    private record Verified(ByteBuffer mac, Principal principal, Instant until) {}

    private final InstantSource clock;
    private final SecretKeySpec key;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Verified> verified = new LinkedHashMap<>(16, 0.75f, true);

    private long generation;

    VerifiedCredentials(InstantSource clock) {
        this.clock = clock;
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
    }

    Optional<Principal> find(String login, Secret password) {
        var mac = mac(login, password);
        lock.lock();
        try {
            var known = verified.get(key(login));
            boolean holds = known != null
                    && clock.instant().isBefore(known.until())
                    && MessageDigest.isEqual(known.mac().array(), mac);
            return holds && known != null ? Optional.of(known.principal()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Changes whenever something is forgotten: a check that began before must not be remembered after. */
    long generation() {
        lock.lock();
        try {
            return generation;
        } finally {
            lock.unlock();
        }
    }

    /** Remembers a login that was checked, unless something was forgotten since {@code checkedIn}. */
    void put(String login, Secret password, Principal principal, long checkedIn) {
        var entry = new Verified(
                ByteBuffer.wrap(mac(login, password)),
                principal,
                clock.instant().plus(KEPT));
        lock.lock();
        try {
            if (generation != checkedIn) {
                return;
            }
            verified.put(key(login), entry);
            if (verified.size() > MOST) {
                verified.remove(verified.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    void forget(String login) {
        lock.lock();
        try {
            generation++;
            verified.remove(key(login));
        } finally {
            lock.unlock();
        }
    }

    private static String key(String login) {
        return login.toLowerCase(Locale.ROOT);
    }

    private byte[] mac(String login, Secret password) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            var name = key(login).getBytes(StandardCharsets.UTF_8);
            mac.update(ByteBuffer.allocate(4).putInt(name.length).flip());
            mac.update(name);
            return password.use(bytes -> mac.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
