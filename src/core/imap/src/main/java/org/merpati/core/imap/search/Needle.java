package org.merpati.core.imap.search;

import java.util.Arrays;

/** A text that is looked for, without regard to case: each character as the lower case of its upper case. */
final class Needle {
    private final String folded;
    private final boolean ascii;
    private final byte[] octets;
    private final int[] skips;

    Needle(String text) {
        this.folded = fold(text);
        this.ascii = folded.chars().allMatch(c -> c < 0x80);
        this.octets = ascii ? octets(folded) : new byte[0];
        this.skips = skips(octets);
    }

    private static byte[] octets(String ascii) {
        var octets = new byte[ascii.length()];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) ascii.charAt(i);
        }
        return octets;
    }

    /** Horspool's: how far the window may go on for the octet at its end. */
    private static int[] skips(byte[] octets) {
        var skips = new int[256];
        Arrays.fill(skips, Math.max(1, octets.length));
        for (int i = 0; i < octets.length - 1; i++) {
            int skip = octets.length - 1 - i;
            skips[octets[i]] = skip;
            if (octets[i] >= 'a' && octets[i] <= 'z') {
                skips[octets[i] - 32] = skip;
            }
        }
        return skips;
    }

    private static String fold(String text) {
        var folded = new char[text.length()];
        for (int i = 0; i < folded.length; i++) {
            folded[i] = fold(text.charAt(i));
        }
        return new String(folded);
    }

    private static char fold(char c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    /** Whether it is ASCII, so that {@link #isIn(byte[], int, int)} can be asked. */
    boolean isAscii() {
        return ascii;
    }

    int length() {
        return folded.length();
    }

    /** Whether a fold of a header, or the end of a line in HTML, may stand for a character of it. */
    boolean hasSpace() {
        return folded.indexOf(' ') >= 0 || folded.indexOf('\t') >= 0;
    }

    boolean isIn(String text) {
        int last = text.length() - folded.length();
        if (folded.isEmpty()) {
            return true;
        }
        char first = folded.charAt(0);
        for (int at = 0; at <= last; at++) {
            if (fold(text.charAt(at)) == first && matches(text, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(String text, int at) {
        for (int i = 1; i < folded.length(); i++) {
            if (fold(text.charAt(at + i)) != folded.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it stands in {@code bytes[from, to)}, which are of a charset that has ASCII's octets for ASCII alone. */
    boolean isIn(byte[] bytes, int from, int to) {
        int last = octets.length - 1;
        if (last < 0) {
            return true;
        }
        byte end = octets[last];
        for (int at = from + last; at < to; ) {
            byte octet = bytes[at];
            if (lower(octet) == end && matches(bytes, at - last, last)) {
                return true;
            }
            at += skips[octet & 0xff];
        }
        return false;
    }

    private boolean matches(byte[] bytes, int from, int length) {
        for (int i = 0; i < length; i++) {
            if (lower(bytes[from + i]) != octets[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
    }
}
