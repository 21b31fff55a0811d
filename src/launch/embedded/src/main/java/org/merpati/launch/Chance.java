package org.merpati.launch;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.merpati.core.api.directory.OperatorToken;

/** Secrets made up by the server. */
final class Chance {
    /** Letters and digits that nobody mistakes for one another. */
    private static final String READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int PASSWORD_LENGTH = 20; // 115 bits

    private static final SecureRandom RANDOM = new SecureRandom();

    private Chance() {}

    static OperatorToken operatorToken() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new OperatorToken(HexFormat.of().formatHex(bytes));
    }

    static String password() {
        return RANDOM.ints(PASSWORD_LENGTH, 0, READABLE.length())
                .mapToObj(READABLE::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }
}
