package org.merpati.launch.clients;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Mail of several kinds, and forms of it in which two copies are compared. */
final class Letters {
    private Letters() {}

    /** The same ones at each call; the identifiers say whose they are. */
    static List<byte[]> of(String series, int count) {
        var letters = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            letters.add(letter(series, i));
        }
        return letters;
    }

    private static byte[] letter(String series, int number) {
        var head = "Message-ID: <" + series + "." + number + "@example.net>\r\nDate: Sat, 21 Nov 2026 10:00:"
                + (number % 50 + 10) + " +0100\r\nFrom: Bob <bob@example.net>\r\nTo: anna@example.org\r\nSubject: "
                + series + " " + number + "\r\nMIME-Version: 1.0\r\n";
        return switch (number % 5) {
            case 0 -> text(head + "\r\nA plain one, number " + number + ".\r\n.\r\n..\r\nFrom here on.\r\n");
            case 1 ->
                text(head + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                        + "Gr\u00fc\u00dfe aus K\u00f6ln, \u65e5\u672c\u8a9e.\r\n".repeat(40));
            case 2 ->
                text(head + "Content-Type: multipart/mixed; boundary=\"=_cut\"\r\n\r\n--=_cut\r\n"
                        + "Content-Type: text/plain\r\n\r\nSee below.\r\n--=_cut\r\n"
                        + "Content-Type: application/octet-stream; name=\"a.bin\"\r\n"
                        + "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n"
                        + attachment(number) + "\r\n--=_cut--\r\n");
            case 3 ->
                text(head + "\r\n" + "x".repeat(70 + number).concat("\r\n").repeat(200));
            default -> text(head + "\r\n"); // nothing but a header
        };
    }

    private static String attachment(int number) {
        var octets = new byte[60_000];
        new Random(number).nextBytes(octets);
        return Base64.getMimeEncoder().encodeToString(octets);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Octet by octet, with any ends of lines. */
    static String exact(byte[] message) {
        return digest(unixLines(message));
    }

    /** What is behind the header, octet by octet, less line ends at its end. */
    static String body(byte[] message) {
        return bare(message).substring(bare(message).indexOf("\n\n") + 2).stripTrailing();
    }

    /** A line a octet group: text of one char an octet, ends of lines LF. */
    static String bare(byte[] message) {
        return new String(unixLines(message), StandardCharsets.ISO_8859_1);
    }

    static byte[] unixLines(byte[] message) {
        var out = new ByteArrayOutputStream(message.length);
        for (int i = 0; i < message.length; i++) {
            if (message[i] != '\r' || i + 1 == message.length || message[i + 1] != '\n') {
                out.write(message[i]);
            }
        }
        return out.toByteArray();
    }

    static String digest(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
