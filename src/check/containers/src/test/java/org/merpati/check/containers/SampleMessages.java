package org.merpati.check.containers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Messages whose every octet is known. */
final class SampleMessages {
    private static final int LINE = 76;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789+/.";

    private SampleMessages() {}

    /** Lines of ASCII, some of which begin with dots, of just that many octets in all. */
    static byte[] ascii(String subject, int size) {
        var out = new ByteArrayOutputStream(size);
        out.writeBytes(header(subject, "us-ascii", "7bit"));
        var random = new Random(size);
        while (out.size() < size) {
            int left = size - out.size();
            int length = left < LINE + 2 * 3 ? left - 2 : random.nextInt(LINE - 2) + 2;
            var line = new StringBuilder(random.nextInt(9) == 0 ? "." : "");
            while (line.length() < length) {
                line.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            out.writeBytes((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }

    /** All octets that may stand in a line (RFC 5321 §4.5.2, RFC 6152), each many times. */
    static byte[] eightBit(String subject) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(header(subject, "utf-8", "8bit"));
        out.writeBytes("Grüße aus Bandung – 鳩\r\n.\r\n..\r\n".getBytes(StandardCharsets.UTF_8));
        for (int from = 1; from < 256; from++) {
            for (int octet = 1; octet < 256; octet++) {
                int turned = (from + octet) % 256;
                if (turned != 0 && turned != '\r' && turned != '\n') {
                    out.write(turned);
                }
            }
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        return out.toByteArray();
    }

    private static byte[] header(String subject, String charset, String encoding) {
        return ("From: Sender <sender@elsewhere.example>\r\nTo: ani@example.org\r\nSubject: " + subject
                        + "\r\nDate: Sat, 21 Nov 2026 12:00:00 +0000\r\nMessage-ID: <" + subject.hashCode()
                        + "@elsewhere.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=" + charset
                        + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
