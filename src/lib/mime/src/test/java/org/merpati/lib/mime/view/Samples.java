package org.merpati.lib.mime.view;

import java.nio.charset.StandardCharsets;
import org.merpati.lib.mime.Message;

/** Messages written as text blocks. */
final class Samples {
    private Samples() {}

    static Message message(String text) {
        return Message.parse(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 8621 §4.1.4, the message that a list has put a header and a footer on; each part's text is its letter. */
    static final String LIST_MESSAGE = """
            Subject: list
            Content-Type: multipart/mixed; boundary=1

            --1
            Content-Disposition: inline

            A
            --1
            Content-Type: multipart/mixed; boundary=2

            --2
            Content-Type: multipart/alternative; boundary=3

            --3
            Content-Type: multipart/mixed; boundary=4

            --4
            Content-Disposition: inline

            B
            --4
            Content-Type: image/jpeg
            Content-Disposition: inline

            C
            --4
            Content-Disposition: inline

            D
            --4--
            --3
            Content-Type: multipart/related; boundary=5

            --5
            Content-Type: text/html

            E
            --5
            Content-Type: image/jpeg

            F
            --5--
            --3--
            --2
            Content-Type: image/jpeg
            Content-Disposition: attachment

            G
            --2
            Content-Type: application/x-excel

            H
            --2
            Content-Type: message/rfc822


            J
            --2--
            --1
            Content-Disposition: inline

            K
            --1--
            """;

    /** The example of RFC 9051 §6.4.5.1. */
    static final String SECTIONS = """
            Subject: outer
            Content-Type: multipart/mixed; boundary=a

            --a

            one
            --a
            Content-Type: application/octet-stream

            two
            --a
            Content-Type: message/rfc822

            Subject: three
            Content-Type: multipart/mixed; boundary=b

            --b

            three one
            --b
            Content-Type: application/octet-stream

            three two
            --b--
            --a
            Content-Type: multipart/mixed; boundary=c

            --c
            Content-Type: image/gif

            four one
            --c
            Content-Type: message/rfc822

            Subject: four two
            X-Other: x
            Content-Type: multipart/mixed; boundary=d

            --d

            four two one
            --d
            Content-Type: multipart/alternative; boundary=e

            --e

            four two two one
            --e
            Content-Type: text/richtext

            four two two two
            --e--
            --d--
            --c--
            --a--
            """;
}
