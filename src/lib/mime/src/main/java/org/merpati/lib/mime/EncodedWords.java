package org.merpati.lib.mime;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Encoded words in header text (RFC 2047): {@code =?charset?B?…?=} and {@code =?charset?Q?…?=}. */
public final class EncodedWords {
    private EncodedWords() {}

    /** Decodes every well-formed word; white space between two of them goes (§6.2). What is not one stays as it is. */
    public static String decode(String text) {
        int at = text.indexOf("=?");
        if (at < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        var pending = new ByteArrayOutputStream(); // neighbours of one charset are one string: writers split characters
        var pendingCharset = StandardCharsets.UTF_8;
        var charsets = new Charsets();
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
            var charset = charsets.of(word.charset);
            if (!joined || !charset.equals(pendingCharset)) {
                flush(pending, pendingCharset, out);
                if (!joined) {
                    out.append(between);
                }
                pendingCharset = charset;
            }
            pending.writeBytes(word.bytes);
            afterWord = true;
            copied = word.end;
            at = text.indexOf("=?", copied);
        }
        flush(pending, pendingCharset, out);
        return out.append(text, copied, text.length()).toString();
    }

    /** The bytes as UTF-8, or as Latin-1 where they are not. */
    static String utf8OrLatin1(byte[] bytes, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }
    }

    private static void flush(ByteArrayOutputStream pending, Charset charset, StringBuilder out) {
        if (pending.size() > 0) {
            out.append(new String(pending.toByteArray(), charset));
            pending.reset();
        }
    }

    /** Finds the charsets of one text. Names that nobody knows cost the JDK a search of all providers, so that few are tried. */
    private static final class Charsets {
        private static final int MOST_UNKNOWN = 16;

        private int unknown;

        /** Latin-1 for an unknown name. */
        Charset of(String name) {
            int language = name.indexOf('*'); // RFC 2231 §5
            if (unknown < MOST_UNKNOWN) {
                try {
                    return Charset.forName(language < 0 ? name : name.substring(0, language));
                } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                    unknown++;
                }
            }
            return StandardCharsets.ISO_8859_1;
        }
    }

    private static final class Word {
        final String charset;
        final byte[] bytes;
        final int end;

        private Word(String charset, byte[] bytes, int end) {
            this.charset = charset;
            this.bytes = bytes;
            this.end = end;
        }

        /** The encoded word that begins here, or null when there is none. Looks no further than the next one's beginning. */
        static @Nullable Word at(String text, int start) {
            int encoding = start + 2;
            while (encoding < text.length() && isCharset(text.charAt(encoding))) {
                encoding++;
            }
            boolean opened = encoding > start + 2
                    && encoding + 2 < text.length()
                    && text.charAt(encoding) == '?'
                    && text.charAt(encoding + 2) == '?';
            int end = opened ? end(text, encoding + 3) : -1;
            if (end < 0) {
                return null;
            }
            var encoded = text.substring(encoding + 3, end);
            byte[] bytes = switch (text.charAt(encoding + 1)) {
                case 'B', 'b' -> base64(encoded);
                case 'Q', 'q' -> quoted(encoded);
                default -> null;
            };
            return bytes == null ? null : new Word(text.substring(start + 2, encoding), bytes, end + 2);
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

        /** A charset's name and RFC 2231's language: token characters (RFC 2047 §2). */
        private static boolean isCharset(char c) {
            return c > ' ' && c < 0x7f && "()<>@,;:\"/[]?.=".indexOf(c) < 0;
        }

        private static byte @Nullable [] base64(String text) {
            try {
                return Base64.getMimeDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        private static byte[] quoted(String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8); // what is not ASCII has no right to be there
            int length = 0;
            for (int at = 0; at < bytes.length; at++) {
                int hex = bytes[at] == '=' && at + 2 < bytes.length ? hex(bytes[at + 1]) * 16 + hex(bytes[at + 2]) : -1;
                if (hex >= 0) {
                    bytes[length++] = (byte) hex;
                    at += 2;
                } else {
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
