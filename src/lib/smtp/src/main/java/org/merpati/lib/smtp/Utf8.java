package org.merpati.lib.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Octets that stand as one char each, read as what they mean. */
final class Utf8 {
    private Utf8() {}

    /** Empty when it is no UTF-8 (RFC 3629 §3). */
    static Optional<String> decode(String octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
