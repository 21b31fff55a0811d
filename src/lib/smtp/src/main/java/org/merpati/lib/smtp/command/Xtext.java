package org.merpati.lib.smtp.command;

import java.util.Optional;

/** Text in which {@code +XX} stands for an octet. RFC 3461 §4. */
public final class Xtext {
    private Xtext() {}

    /** Characters beyond ASCII stay as they are, as in a utf-8-addr-unitext (RFC 6533 §3). */
    public static String encode(String text) {
        var xtext = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '+' || c == '=' || c == 0x7f) {
                xtext.append(String.format("+%02X", (int) c));
            } else {
                xtext.append(c);
            }
        }
        return xtext.toString();
    }

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
