package org.merpati.lib.mime;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;

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
        String pendingCharset = "";
        int copied = 0;
        while (at >= 0) {
            var word = Word.at(text, at);
            if (word == null) {
                at = text.indexOf("=?", at + 2);
                continue;
            }
            var between = text.substring(copied, at);
            boolean joined = pending.size() > 0 && between.isBlank();
            if (!joined || !word.charset.equalsIgnoreCase(pendingCharset)) {
                flush(pending, pendingCharset, out);
                if (!joined) {
                    out.append(between);
                }
                pendingCharset = word.charset;
            }
            pending.writeBytes(word.bytes);
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

    private static void flush(ByteArrayOutputStream pending, String charset, StringBuilder out) {
        if (pending.size() > 0) {
            out.append(new String(pending.toByteArray(), charset(charset)));
            pending.reset();
        }
    }

    private static Charset charset(String name) {
        int language = name.indexOf('*'); // RFC 2231 §5
        try {
            return Charset.forName(language < 0 ? name : name.substring(0, language));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
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

        /** The encoded word that begins here, or null when there is none. */
        static @org.jspecify.annotations.Nullable Word at(String text, int start) {
            int encoding = text.indexOf('?', start + 2);
            if (encoding < 0 || encoding + 2 >= text.length() || text.charAt(encoding + 2) != '?') {
                return null;
            }
            int end = text.indexOf("?=", encoding + 3);
            var charset = text.substring(start + 2, encoding);
            if (end < 0 || charset.isEmpty() || charset.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
                return null;
            }
            var encoded = text.substring(encoding + 3, end);
            byte[] bytes = switch (text.charAt(encoding + 1)) {
                case 'B', 'b' -> base64(encoded);
                case 'Q', 'q' -> quoted(encoded);
                default -> null;
            };
            return bytes == null ? null : new Word(charset, bytes, end + 2);
        }

        private static byte @org.jspecify.annotations.Nullable [] base64(String text) {
            try {
                return Base64.getMimeDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        private static byte[] quoted(String text) {
            var out = new ByteArrayOutputStream(text.length());
            for (int at = 0; at < text.length(); at++) {
                char c = text.charAt(at);
                int hex = c == '=' && at + 2 < text.length()
                        ? hex(text.charAt(at + 1)) * 16 + hex(text.charAt(at + 2))
                        : -1;
                if (c == '=' && hex >= 0) {
                    out.write(hex);
                    at += 2;
                } else if (c == '_') {
                    out.write(' ');
                } else {
                    out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                }
            }
            return out.toByteArray();
        }

        private static int hex(char c) {
            int digit = Character.digit(c, 16);
            return digit < 0 ? -1000 : digit;
        }
    }
}
