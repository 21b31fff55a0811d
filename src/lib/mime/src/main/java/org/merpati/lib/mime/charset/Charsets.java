package org.merpati.lib.mime.charset;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From octets to text by the charset's name in a message (RFC 2045 §5.1, RFC 2047 §2), which may be unknown or wrong.
 *
 * <p>Departs from the web's practice: {@code iso-8859-1} is that charset and not windows-1252. A name that stands for a
 * charset which writers mix up with a wider one is read by the charset itself as long as all octets belong to it, and else
 * by the wider one: Shift_JIS as windows-31j, ISO-2022-JP as windows-50221.
 */
public final class Charsets {
    /** What of windows-1252 differs from Latin-1: 0x80 to 0x9f; five of them are C1 controls in both. */
    private static final String WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    private static final int ESC = 0x1b;

    private Charsets() {}

    /**
     * The charset that goes by the name in mail, in any case, with or without quotes, spaces, a language (RFC 2231 §5).
     * Empty for a name that nobody knows, and for those that say the sender did not know: {@code unknown-8bit} (RFC 1428).
     */
    public static Optional<Charset> named(String name) {
        return CharsetNames.find(name);
    }

    /**
     * The text of {@code bytes[from..to)}. With a name that is unknown, or is US-ASCII where octets are not, it is guessed.
     * Malformed sequences become U+FFFD.
     */
    public static String decode(byte[] bytes, int from, int to, String name) {
        var charset = CharsetNames.find(name).orElse(null);
        if (charset == null) {
            return guess(bytes, from, to);
        }
        if (charset.equals(StandardCharsets.UTF_8)) {
            return new String(bytes, from, to - from, charset);
        }
        if (charset.equals(StandardCharsets.US_ASCII)) {
            return guess(bytes, from, to);
        }
        if (charset.equals(StandardCharsets.UTF_16)) {
            return new String(bytes, from, to - from, Octets16.order(bytes, from, to));
        }
        var text = strict(bytes, from, to, charset);
        return text != null ? text : replacing(bytes, from, to, wider(charset));
    }

    /** The text of octets that have no charset: see {@link #guess(byte[], int, int, Optional)}. */
    public static String guess(byte[] bytes, int from, int to) {
        return guess(bytes, from, to, Optional.empty());
    }

    /**
     * The text of octets whose charset is not told: ASCII, ISO-2022 by its escape sequences, UTF-8, the charset that the
     * caller thinks of if all octets belong to it, UTF-16 that begins with a byte order mark, UTF-8 with some damage, and at
     * last windows-1252, which has a character for every octet.
     *
     * @param hint such as the charset of the message's text
     */
    public static String guess(byte[] bytes, int from, int to, Optional<Charset> hint) {
        boolean escape = false;
        int at = from;
        while (at < to && bytes[at] >= 0) {
            escape |= bytes[at++] == ESC;
        }
        if (at == to) {
            var shifting = escape ? Iso2022.find(bytes, from, to) : null;
            return new String(bytes, from, to - from, shifting != null ? shifting : StandardCharsets.ISO_8859_1);
        }
        var text = strict(bytes, from, to, StandardCharsets.UTF_8);
        if (text == null && hint.isPresent()) {
            text = strict(bytes, from, to, hint.get());
        }
        if (text != null) {
            return text;
        }
        if (Octets16.marked(bytes, from, to)) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_16);
        }
        return damagedUtf8(bytes, at, to)
                ? new String(bytes, from, to - from, StandardCharsets.UTF_8)
                : windows1252(bytes, from, to);
    }

    private static @Nullable String strict(byte[] bytes, int from, int to, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** As {@code new String} does it, but ASCII that follows a lone lead octet is not swallowed with it. */
    private static String replacing(byte[] bytes, int from, int to, Charset charset) {
        var text = new StringBuilder(to - from);
        var in = ByteBuffer.wrap(bytes, from, to - from);
        var out = CharBuffer.allocate(Math.min(to - from + 8, 8192));
        var decoder = charset.newDecoder();
        boolean flushing = false;
        while (true) {
            var result = flushing ? decoder.flush(out) : decoder.decode(in, out, true);
            text.append(out.flip());
            out.clear();
            if (result.isError()) {
                text.append('\ufffd');
                in.position(in.position() + swallowed(in, result.length()));
            } else if (result.isUnderflow()) {
                if (flushing) {
                    return text.toString();
                }
                flushing = true;
            }
        }
    }

    private static int swallowed(ByteBuffer in, int length) {
        int start = in.position();
        if (in.get(start) >= 0) {
            return length;
        }
        int end = start + 1;
        while (end < start + length && in.get(end) < 0) {
            end++;
        }
        return end - start;
    }

    private static Charset wider(Charset charset) {
        var name = switch (charset.name()) {
            case "Shift_JIS" -> "windows-31j";
            case "ISO-2022-JP" -> "x-windows-50221";
            case "EUC-JP" -> "x-eucJP-Open";
            case "EUC-KR" -> "x-windows-949";
            case "GBK" -> "GB18030";
            case "Big5" -> "Big5-HKSCS";
            case "TIS-620" -> "x-windows-874";
            case "ISO-8859-9" -> "windows-1254";
            default -> null;
        };
        return name == null ? charset : CharsetNames.find(name).orElse(charset);
    }

    /** Whether characters of several octets outnumber by far the octets that belong to none: text that was cut or patched. */
    private static boolean damagedUtf8(byte[] bytes, int from, int to) {
        int characters = 0;
        int strays = 0;
        int at = from;
        while (at < to) {
            int lead = bytes[at++] & 0xff;
            if (lead < 0x80) {
                continue;
            }
            int tail = lead < 0xc2 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0;
            int end = at + tail;
            while (at < end && at < to && (bytes[at] & 0xc0) == 0x80) {
                at++;
            }
            if (tail > 0 && at == end) {
                characters++;
            } else {
                strays++;
            }
        }
        return characters > 4 * strays || (strays == 1 && characters > 0);
    }

    private static String windows1252(byte[] bytes, int from, int to) {
        var text = new char[to - from];
        for (int at = from; at < to; at++) {
            int octet = bytes[at] & 0xff;
            text[at - from] = octet >= 0x80 && octet < 0xa0 ? WINDOWS_1252.charAt(octet - 0x80) : (char) octet;
        }
        return new String(text);
    }
}
