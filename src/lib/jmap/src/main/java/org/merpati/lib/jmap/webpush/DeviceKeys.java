package org.merpati.lib.jmap.webpush;

import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.Optional;

/** Keys that a device gave with its subscription (RFC 8620 §7.2, RFC 8291 §3). */
public final class DeviceKeys {
    private static final int AUTH = 16;

    private final ECPublicKey publicKey;
    private final byte[] auth;

    private DeviceKeys(ECPublicKey publicKey, byte[] auth) {
        this.publicKey = publicKey;
        this.auth = auth;
    }

    /**
     * Empty when they are none: a point of P-256, and a secret of 16 octets.
     *
     * @param p256dh in base64url, as {@code auth} is
     */
    public static Optional<DeviceKeys> of(String p256dh, String auth) {
        try {
            var secret = Base64.getUrlDecoder().decode(auth);
            return secret.length == AUTH
                    ? P256.publicKey(Base64.getUrlDecoder().decode(p256dh)).map(key -> new DeviceKeys(key, secret))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    ECPublicKey publicKey() {
        return publicKey;
    }

    byte[] auth() {
        return auth;
    }

    @Override
    public String toString() {
        return "DeviceKeys[hidden]";
    }
}
