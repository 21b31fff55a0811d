package org.merpati.lib.jmap.webpush;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts a message for a device: {@code aes128gcm} in one record (RFC 8291 §3, §4, RFC 8188 §2). */
public final class PushEncryption {
    /** The name of the content coding. */
    public static final String CODING = "aes128gcm";

    /** Octets of a message: what every push service takes (RFC 8291 §4). */
    public static final int LONGEST = 3_993;

    private static final int SALT = 16;
    private static final int RECORD = 4_096;
    private static final int TAG_BITS = 128;
    private static final byte LAST_RECORD = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PushEncryption() {}

    /** @throws IllegalArgumentException when it is longer than {@link #LONGEST} */
    public static byte[] encrypt(byte[] message, DeviceKeys device) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(P256.CURVE);
            var salt = new byte[SALT];
            RANDOM.nextBytes(salt);
            return encrypt(message, device, generator.generateKeyPair(), salt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    /** With the key and the salt of an example. */
    static byte[] encrypt(byte[] message, DeviceKeys device, KeyPair own, byte[] salt) {
        if (message.length > LONGEST) {
            throw new IllegalArgumentException(message.length + " octets are too many for a push message");
        }
        try {
            var ownPoint = P256.octets((ECPublicKey) own.getPublic());
            var agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(own.getPrivate());
            agreement.doPhase(device.publicKey(), true);
            var shared = hmac(device.auth(), agreement.generateSecret());
            var input = hmac(
                    shared, text("WebPush: info"), new byte[1], P256.octets(device.publicKey()), ownPoint, new byte[] {1
                    });
            var pseudoRandom = hmac(salt, input);
            var key = hmac(pseudoRandom, text("Content-Encoding: aes128gcm"), new byte[] {0, 1});
            var nonce = hmac(pseudoRandom, text("Content-Encoding: nonce"), new byte[] {0, 1});

            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            var out = new ByteArrayOutputStream();
            out.writeBytes(salt);
            out.writeBytes(ByteBuffer.allocate(4).putInt(RECORD).array());
            out.write(ownPoint.length);
            out.writeBytes(ownPoint);
            var rest = new byte[message.length + 1];
            System.arraycopy(message, 0, rest, 0, message.length);
            rest[message.length] = LAST_RECORD;
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, 0, 16, "AES"),
                    new GCMParameterSpec(TAG_BITS, Arrays.copyOf(nonce, 12)));
            out.writeBytes(cipher.doFinal(rest));
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES and HMAC", e);
        }
    }

    private static byte[] hmac(byte[] key, byte[]... pieces) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (var piece : pieces) {
            mac.update(piece);
        }
        return mac.doFinal();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
