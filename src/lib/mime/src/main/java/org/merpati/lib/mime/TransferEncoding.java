package org.merpati.lib.mime;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.transfer.Base64Decoder;
import org.merpati.lib.mime.transfer.QuotedPrintableDecoder;
import org.merpati.lib.mime.transfer.TransferDecoder;

/** Content-Transfer-Encoding (RFC 2045 §6). */
public enum TransferEncoding {
    /** 7bit, 8bit and binary: the octets are as they are. */
    IDENTITY,
    QUOTED_PRINTABLE,
    BASE64,
    /** One nobody knows, or uuencode and its like; the octets are left as they are. */
    UNKNOWN;

    /** What removes it, for one body; null where the octets are left as they are. */
    public @Nullable TransferDecoder decoder() {
        return switch (this) {
            case IDENTITY, UNKNOWN -> null;
            case BASE64 -> new Base64Decoder();
            case QUOTED_PRINTABLE -> new QuotedPrintableDecoder();
        };
    }

    /** Reads a field's body; comments, quotes and what follows the first word are passed over. */
    static TransferEncoding parse(String body) {
        return switch (word(body)) {
            case "", "7bit", "8bit", "binary", "7-bit", "8-bit" -> IDENTITY;
            case "quoted-printable" -> QUOTED_PRINTABLE;
            case "base64" -> BASE64;
            default -> UNKNOWN;
        };
    }

    /** Whether a field's body says {@code binary}, so that its part may have lines of any length and any octets in them. */
    public static boolean isBinary(String body) {
        return word(body).equals("binary");
    }

    /** The first word, in lower case. */
    private static String word(String body) {
        int at = 0;
        while (at < body.length() && !isWord(body.charAt(at))) {
            int close = body.charAt(at) == '(' ? body.indexOf(')', at) : -1;
            at = Math.max(at, close) + 1;
        }
        int end = at;
        while (end < body.length() && isWord(body.charAt(end))) {
            end++;
        }
        return body.substring(at, end).toLowerCase(Locale.ROOT);
    }

    private static boolean isWord(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    }
}
