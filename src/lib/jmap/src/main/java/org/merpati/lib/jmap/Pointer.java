package org.merpati.lib.jmap;

import java.util.Optional;

/** The escapes of JSON Pointer (RFC 6901 §3). */
final class Pointer {
    private Pointer() {}

    /** A reference token without its escapes; empty when it has a {@code ~} that is none. */
    static Optional<String> token(String raw) {
        for (int at = raw.indexOf('~'); at >= 0; at = raw.indexOf('~', at + 1)) {
            if (at + 1 == raw.length() || (raw.charAt(at + 1) != '0' && raw.charAt(at + 1) != '1')) {
                return Optional.empty();
            }
        }
        return Optional.of(raw.replace("~1", "/").replace("~0", "~")); // in this order, RFC 6901 §4
    }
}
