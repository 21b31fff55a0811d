package org.merpati.lib.mime.field;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.charset.Charsets;

/**
 * Encoded words in header text (RFC 2047): {@code =?charset?B?…?=} and {@code =?charset?Q?…?=}.
 *
 * <p>Read leniently: with spaces and folds within, next to other text, with characters cut in two between neighbours, with
 * base64 of any length. Control characters that they hide are dropped (RFC 8621 §4.1.2.2).
 */
public final class EncodedWords {
    private EncodedWords() {}

    /** Decodes every word; white space between two of them goes (RFC 2047 §6.2). What is not one stays as it is. */
    public static String decode(String text) {
        return decode(text, false);
    }

    /** The same, and of each fold in the other text one space remains. */
    static String decodeFolded(String text) {
        return decode(text, true);
    }

    /** Where the word ends that begins here, or -1 when none does. Looks no further than the next one's beginning. */
    static int end(String text, int at) {
        var word = Word.at(text, at);
        return word == null ? -1 : word.end;
    }

    private static String decode(String text, boolean folded) {
        int at = text.indexOf("=?");
        if (at < 0) {
            return folded ? Folding.collapse(text) : text;
        }
        var out = new StringBuilder(text.length());
        var pending = new ByteArrayOutputStream(); // neighbours of one charset are one string: writers split characters
        var pendingCharset = "";
        boolean afterWord = false;
        int copied = 0;
        while (at >= 0) {
            var word = Word.at(text, at);
            if (word == null) {
                at = text.indexOf("=?", at + 2);
                continue;
            }
            var between = text.substring(copied, at);
            boolean joined = afterWord && between.isBlank();
            if (!joined || !word.charset.equalsIgnoreCase(pendingCharset)) {
                flush(pending, pendingCharset, out);
                if (!joined) {
                    out.append(folded ? Folding.collapse(between) : between);
                }
                pendingCharset = word.charset;
            }
            pending.writeBytes(word.bytes(text));
            afterWord = true;
            copied = word.end;
            at = text.indexOf("=?", copied);
        }
        flush(pending, pendingCharset, out);
        var rest = text.substring(copied);
        return out.append(folded ? Folding.collapse(rest) : rest).toString();
    }

    private static void flush(ByteArrayOutputStream pending, String charset, StringBuilder out) {
        if (pending.size() > 0) {
            var decoded = Charsets.decode(pending.toByteArray(), 0, pending.size(), charset);
            for (int at = 0; at < decoded.length(); at++) {
                char c = decoded.charAt(at);
                if (c >= ' ' && c != 0x7f) {
                    out.append(c);
                }
            }
            pending.reset();
        }
    }

    private static final class Word {
        final String charset;
        final char encoding;
        final int from;
        final int to;
        final int end;

        private Word(String charset, char encoding, int from, int to) {
            this.charset = charset;
            this.encoding = encoding;
            this.from = from;
            this.to = to;
            this.end = to + 2;
        }

        static @Nullable Word at(String text, int start) {
            int encoding = start + 2;
            while (encoding < text.length() && isCharset(text.charAt(encoding))) {
                encoding++;
            }
            boolean opened = encoding > start + 2
                    && encoding + 2 < text.length()
                    && text.charAt(encoding) == '?'
                    && "BbQq".indexOf(text.charAt(encoding + 1)) >= 0
                    && text.charAt(encoding + 2) == '?';
            int end = opened ? end(text, encoding + 3) : -1;
            if (end < 0) {
                return null;
            }
            var charset = text.substring(start + 2, encoding);
            int language = charset.indexOf('*'); // RFC 2231 §5
            return new Word(
                    language < 0 ? charset : charset.substring(0, language),
                    text.charAt(encoding + 1),
                    encoding + 3,
                    end);
        }

        byte[] bytes(String text) {
            var encoded = text.substring(from, to);
            return encoding == 'B' || encoding == 'b' ? base64(encoded) : quoted(encoded, charset);
        }

        /**
         * Where the {@code ?=} stands. Leniently, spaces and question marks may come before it (RFC 2047 §2 forbids both),
         * but not the beginning of another word: so all words of a text together look at each character once.
         */
        private static int end(String text, int from) {
            for (int at = from; at + 1 < text.length(); at++) {
                char c = text.charAt(at);
                char next = text.charAt(at + 1);
                if (c == '?' && next == '=') {
                    return at;
                }
                boolean endsWord = at + 2 < text.length() && text.charAt(at + 2) == '=';
                if (c == '=' && next == '?' && !endsWord) {
                    return -1;
                }
            }
            return -1;
        }

        /** A charset's name and RFC 2231's language: leniently more than the token of RFC 2047 §2. */
        private static boolean isCharset(char c) {
            return c > ' ' && c < 0x7f && c != '?' && c != '=';
        }

        /** Base64 of any length: what is not in its alphabet is passed over, bits that make no octet go. */
        private static byte[] base64(String text) {
            var bytes = new byte[text.length() * 3 / 4 + 1];
            int length = 0;
            int bits = 0;
            int held = 0;
            for (int at = 0; at < text.length(); at++) {
                char c = text.charAt(at);
                int sextet = sextet(c);
                if (sextet >= 0) {
                    bits = (bits << 6) | sextet;
                    held += 6;
                    if (held >= 8) {
                        held -= 8;
                        bytes[length++] = (byte) (bits >> held);
                        bits &= (1 << held) - 1;
                    }
                } else if (c == '=') {
                    held = 0; // several encoded texts one after the other
                    bits = 0;
                }
            }
            return Arrays.copyOf(bytes, length);
        }

        private static int sextet(char c) {
            if (c >= 'A' && c <= 'Z') {
                return c - 'A';
            }
            if (c >= 'a' && c <= 'z') {
                return c - 'a' + 26;
            }
            if (c >= '0' && c <= '9') {
                return c - '0' + 52;
            }
            return c == '+' ? 62 : c == '/' ? 63 : -1;
        }

        private static byte[] quoted(String text, String charset) {
            var bytes = Percent.raw(text, charset);
            int length = 0;
            for (int at = 0; at < bytes.length; at++) {
                int hex = bytes[at] == '=' && at + 2 < bytes.length ? hex(bytes[at + 1]) * 16 + hex(bytes[at + 2]) : -1;
                if (hex >= 0) {
                    bytes[length++] = (byte) hex;
                    at += 2;
                } else if (bytes[at] == '\n') { // a fold that should not be there
                    while (at + 1 < bytes.length && Folding.isWhite((char) bytes[at + 1])) {
                        at++;
                    }
                } else if (bytes[at] != '\r') {
                    bytes[length++] = bytes[at] == '_' ? (byte) ' ' : bytes[at];
                }
            }
            return Arrays.copyOf(bytes, length);
        }

        private static int hex(byte c) {
            int digit = Character.digit((char) c, 16);
            return digit < 0 ? -1000 : digit;
        }
    }
}
