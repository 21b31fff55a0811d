package org.merpati.lib.sasl;

import java.security.SecureRandom;

/** Where nonces come from: printable ASCII without comma and quote, never twice the same. Tests answer with known ones. */
@FunctionalInterface
public interface Nonces {
    String next();

    /** 144 random bits each. */
    static Nonces random() {
        var random = new SecureRandom();
        return () -> {
            var octets = new byte[18];
            random.nextBytes(octets);
            return SaslText.base64(octets);
        };
    }
}
