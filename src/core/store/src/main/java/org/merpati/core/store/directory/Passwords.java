package org.merpati.core.store.directory;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.merpati.core.api.directory.Secret;

/**
 * Hashes passwords with Argon2id (RFC 9106) and makes the SCRAM verifiers kept beside it (RFC 5802, RFC 7677).
 *
 * <p>One check costs some 30 ms and 19 MiB, so at most as many run at once as there are cores, whoever asks.
 */
public final class Passwords {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH = 32;
    private static final int SALT = 16;
    private static final int SCRAM_ITERATIONS = 4096; // RFC 7677 §4
    private static final long WAIT_SECONDS = 10;
    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,2})\\$([^$]+)\\$([^$]+)");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

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
                "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + encode(salt) + "$"
                        + encode(argon2(bytes, salt, MEMORY_KIB, PASSES, LANES, HASH)),
                scram("SHA-256", bytes, scramSalt),
                scram("SHA-1", bytes, scramSalt))));
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
            acquired = cores.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
            if (!acquired) {
                throw new TooBusy();
            }
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooBusy();
        } finally {
            if (acquired) {
                cores.release();
            }
        }
    }

    private static byte[] argon2(byte[] password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        var hash = new byte[length];
        generator.generateBytes(password, hash);
        return hash;
    }

    /** {@code iterations,salt,StoredKey,ServerKey} (RFC 5802 §3). */
    private static String scram(String digest, byte[] password, byte[] salt) {
        boolean sha256 = digest.equals("SHA-256");
        var pbkdf2 = new PKCS5S2ParametersGenerator(sha256 ? new SHA256Digest() : new SHA1Digest());
        pbkdf2.init(password, salt, SCRAM_ITERATIONS);
        int bits = sha256 ? 256 : 160;
        var salted = ((KeyParameter) pbkdf2.generateDerivedMacParameters(bits)).getKey();
        try {
            var hmac = "Hmac" + digest.replace("-", "");
            var clientKey = hmac(hmac, salted, "Client Key");
            var storedKey = MessageDigest.getInstance(digest).digest(clientKey);
            return SCRAM_ITERATIONS + "," + encode(salt) + "," + encode(storedKey) + ","
                    + encode(hmac(hmac, salted, "Server Key"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + digest, e);
        }
    }

    private static byte[] hmac(String algorithm, byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
