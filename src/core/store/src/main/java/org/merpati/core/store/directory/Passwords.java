package org.merpati.core.store.directory;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.merpati.core.api.directory.Secret;
import org.merpati.lib.sasl.Password;
import org.merpati.lib.sasl.ScramCredential;
import org.merpati.lib.sasl.ScramHash;

/**
 * Hashes passwords with Argon2id (RFC 9106) and makes the SCRAM verifiers kept beside it (RFC 5802, RFC 7677).
 *
 * <p>One check costs some 30 ms and 19 MiB, so at most as many run at once as there are cores, whoever asks of whichever instance.
 */
public final class Passwords {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int WORKING = 8; // blocks that Bouncy Castle has at hand besides
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH = 32;
    private static final int SALT = 16;
    private static final int SCRAM_ITERATIONS = 4096; // RFC 7677 §4
    private static final long WAIT_SECONDS = 10;
    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,2})\\$([^$]+)\\$([^$]+)");

    private static final HashMemory MEMORY = new HashMemory(MEMORY_KIB + WORKING, System::nanoTime);
    private static final Semaphore CORES = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    private final SecureRandom random = new SecureRandom();

    /** Thrown when too many hashes wait already. */
    public static final class TooBusy extends RuntimeException {
        TooBusy() {
            super("too many passwords are being checked", null, false, false);
        }
    }

    public PasswordHash hash(Secret password) {
        var salt = new byte[SALT];
        random.nextBytes(salt);
        var scramSalt = new byte[SALT];
        random.nextBytes(scramSalt);
        return limited(() -> password.use(bytes -> new PasswordHash(
                phc(salt, argon2(bytes, salt, MEMORY_KIB, PASSES, LANES, HASH)),
                scram(ScramHash.SHA_256, bytes, scramSalt),
                scram(ScramHash.SHA_1, bytes, scramSalt))));
    }

    /** Of no password: to check one against it takes as long as any other check. It has no SCRAM verifiers. */
    PasswordHash ofNobody() {
        var salt = new byte[SALT];
        random.nextBytes(salt);
        var hash = new byte[HASH];
        random.nextBytes(hash);
        return new PasswordHash(phc(salt, hash), "", "");
    }

    private static String phc(byte[] salt, byte[] hash) {
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + encode(salt) + "$"
                + encode(hash);
    }

    /** Whether the password is the hashed one; takes the same time either way. */
    public boolean matches(Secret password, PasswordHash stored) {
        var phc = PHC.matcher(stored.argon2());
        if (!phc.matches()) {
            return false;
        }
        var salt = Base64.getDecoder().decode(phc.group(4));
        var expected = Base64.getDecoder().decode(phc.group(5));
        return limited(() -> password.use(bytes -> MessageDigest.isEqual(
                expected,
                argon2(
                        bytes,
                        salt,
                        Integer.parseInt(phc.group(1)),
                        Integer.parseInt(phc.group(2)),
                        Integer.parseInt(phc.group(3)),
                        expected.length))));
    }

    private <R> R limited(Supplier<R> work) {
        boolean acquired = false;
        try {
            acquired = CORES.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
            if (!acquired) {
                throw new TooBusy();
            }
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooBusy();
        } finally {
            if (acquired) {
                CORES.release();
            }
        }
    }

    private byte[] argon2(byte[] password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        return MEMORY.use(blocks -> {
            var generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memoryKib)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .withBlockPool(blocks)
                    .build());
            var hash = new byte[length];
            generator.generateBytes(password, hash);
            return hash;
        });
    }

    /** {@code iterations,salt,StoredKey,ServerKey} (RFC 5802 §3), of the password as clients prepare it (RFC 4013). */
    private static String scram(ScramHash hash, byte[] password, byte[] salt) {
        try (var secret = Password.of(password)) {
            return ScramCredential.derive(hash, secret, salt, SCRAM_ITERATIONS).text();
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
