package org.merpati.lib.smtp.command;

import java.util.Optional;

/** Text in which {@code +XX} stands for an octet. RFC 3461 §4. */
final class Xtext {
    private Xtext() {}

    /** Empty when it is none. Octets from 80 up are chars of the same number. */
    static Optional<String> decode(String xtext) {
        var text = new StringBuilder(xtext.length());
        for (int i = 0; i < xtext.length(); i++) {
            char c = xtext.charAt(i);
            if (c == '=' || c <= ' ' || c == 0x7f) {
                return Optional.empty();
            }
            if (c == '+') {
                if (i + 2 >= xtext.length()) {
                    return Optional.empty();
                }
                int high = upperHex(xtext.charAt(i + 1));
                int low = upperHex(xtext.charAt(i + 2));
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                text.append((char) (high << 4 | low));
                i += 2;
            } else {
                text.append(c);
            }
        }
        return Optional.of(text.toString());
    }

    private static int upperHex(char c) {
        return "0123456789ABCDEF".indexOf(c);
    }
}
