package org.merpati.web.base;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.directory.Secret;

/** What an Authorization header holds (RFC 9110 §11.6.2). */
sealed interface Credentials {
    record None() implements Credentials {}

    /** RFC 7617, in UTF-8. */
    record Basic(String login, Secret password) implements Credentials {}

    /** RFC 6750. */
    record Bearer(Secret token) implements Credentials {}

    /** Another scheme, or one of the two above written wrong. */
    record Unreadable() implements Credentials {}

    static Credentials parse(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return new None();
        }
        int space = header.indexOf(' ');
        var scheme = space < 0 ? header : header.substring(0, space);
        var rest = header.substring(scheme.length()).strip();
        if (scheme.equalsIgnoreCase("Basic")) {
            return basic(rest);
        }
        return scheme.equalsIgnoreCase("Bearer") && !rest.isEmpty() ? new Bearer(Secret.of(rest)) : new Unreadable();
    }

    private static Credentials basic(String encoded) {
        byte[] pair;
        try {
            pair = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            return new Unreadable();
        }
        int colon = 0;
        while (colon < pair.length && pair[colon] != ':') {
            colon++;
        }
        if (colon == pair.length) {
            return new Unreadable();
        }
        try {
            var login = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(pair, 0, colon));
            var password = Arrays.copyOfRange(pair, colon + 1, pair.length);
            var secret = Secret.of(password);
            Arrays.fill(password, (byte) 0);
            return new Basic(login.toString(), secret);
        } catch (CharacterCodingException e) {
            return new Unreadable();
        } finally {
            Arrays.fill(pair, (byte) 0);
        }
    }
}
