package org.merpati.check.bench;

import java.util.SplittableRandom;

/** Synthetic messages, the same for the same seed. */
final class Mail {
    private Mail() {}

    /** A message of about {@code size} octets with CRLF line ends and no line that begins with a dot. */
    static String message(String id, String to, int size, long seed) {
        var random = new SplittableRandom(seed);
        var text = new StringBuilder(size + 200);
        text.append("Date: Sat, 21 Nov 2026 12:00:00 +0000\r\nFrom: <sender@bench.example>\r\nTo: <")
                .append(to)
                .append(">\r\nSubject: message ")
                .append(id)
                .append("\r\nMessage-ID: <")
                .append(id)
                .append("@bench.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n");
        while (text.length() < size) {
            for (int i = 0; i < 72; i++) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            text.append("\r\n");
        }
        return text.toString();
    }
}
