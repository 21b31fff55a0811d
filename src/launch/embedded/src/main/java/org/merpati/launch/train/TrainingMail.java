package org.merpati.launch.train;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Messages of the kinds that people get, CRLF at the line ends, no line with a dot at its start, ready for DATA. */
final class TrainingMail {
    private static final String WORDS =
            "The pigeons were in the loft before the rain began, and nobody had counted them. ";

    private TrainingMail() {}

    /** One in five is long, two in five are multiparts, and each has an id of its own. */
    static String message(String from, String to, int number) {
        var header = "Received: from client.example ([192.0.2.7]) by relay.example with ESMTPS id t" + number
                + ";\r\n\tSun, 1 Mar 2026 10:11:12 +0100\r\nDate: Sun, 1 Mar 2026 10:11:12 +0100\r\nFrom: =?utf-8?Q?J=C3=BCrgen?= <"
                + from + ">\r\nTo: \"Training\" <" + to + ">, other@elsewhere.example\r\nSubject: "
                + (number % 3 == 0 ? "=?utf-8?B?R3LDvMOfZSBhdXMgZGVtIFNjaGxhZw==?= " : "Message ") + number
                + "\r\nMessage-ID: <" + number + ".t@train.example>\r\nReferences: <" + number / 4
                + ".t@train.example>\r\nList-Id: <loft.train.example>\r\nMIME-Version: 1.0\r\n";
        return header
                + switch (number % 5) {
                    case 0 -> alternative();
                    case 1 -> attachment();
                    case 2 -> plain(50_000);
                    default -> plain(4_000);
                };
    }

    private static String plain(int size) {
        return "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" + text(size);
    }

    private static String alternative() {
        return "Content-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe =\r\n" + text(1_500)
                + "\r\n--b1\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                + "<html><body><p style=3D\"x\">" + text(2_000) + "</p></body></html>\r\n--b1--\r\n";
    }

    private static String attachment() {
        var file = Base64.getMimeEncoder().encodeToString(text(2_500).getBytes(StandardCharsets.US_ASCII));
        return "Content-Type: multipart/mixed; boundary=b2\r\n\r\npreamble\r\n--b2\r\nContent-Type: text/plain\r\n\r\n"
                + text(600)
                + "\r\n--b2\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\nContent-Disposition: attachment; filename=\"a.pdf\"\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n" + file
                + "\r\n--b2\r\nContent-Type: message/rfc822\r\n\r\nSubject: inside\r\nFrom: <in@side.example>\r\n\r\n"
                + text(300)
                + "\r\n--b2--\r\n";
    }

    private static String text(int size) {
        return (WORDS + "\r\n").repeat(1 + size / (WORDS.length() + 2));
    }
}
