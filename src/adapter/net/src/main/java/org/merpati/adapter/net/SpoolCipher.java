package org.merpati.adapter.net;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 in counter mode under a key that never leaves this process: whoever finds a temporary file later finds noise. The
 * file's number, never given twice, is the upper half of the counter block, and the lower half counts blocks, so that no key
 * stream is used again. No integrity: who can change these files while the server runs owns its mail anyway, and nothing
 * reads them after it.
 */
final class SpoolCipher {
    private final SecretKey key;

    SpoolCipher() {
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, "AES");
    }

    /** A cipher at the start of that file; the same both ways. */
    Cipher of(long file) {
        try {
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            var block = ByteBuffer.allocate(16).putLong(file).putLong(0).array();
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(block));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES", e); // every Java must have it
        }
    }
}
