package org.merpati.lib.mime.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.merpati.lib.mime.Message;

/** RFC 3516 §4.3, RFC 9051 §7.5.2. */
final class BinaryTest {
    private static String content(Message message) throws IOException {
        try (var in = Binary.open(message.root(), message.body(message.root()))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static Message message(String header, byte[] body) {
        byte[] start = (header + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        var all = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return Message.parse(all);
    }

    @Test
    void theEncodingIsRemoved() throws IOException {
        assertThat(content(message(
                        "Content-Type: application/x\r\nContent-Transfer-Encoding: base64", "AAEK".getBytes(UTF_8))))
                .isEqualTo("\0\1\n");
        assertThat(content(message("Content-Transfer-Encoding: quoted-printable", "a=\r\nb=3D\r\n".getBytes(UTF_8))))
                .isEqualTo("ab=\r\n");
    }

    private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

    @Test
    void theLinesOfATextEndWithCrlf() throws IOException {
        assertThat(content(message(
                        "Content-Transfer-Encoding: base64", Base64.getEncoder().encode("a\nb\r\n\n".getBytes(UTF_8)))))
                .isEqualTo("a\r\nb\r\n\r\n");
        var lines = "\n".repeat(100_000);
        assertThat(content(message("X: y", lines.getBytes(UTF_8)))).isEqualTo("\r\n".repeat(100_000));
        assertThat(content(message("Content-Type: image/x", "a\n".getBytes(UTF_8))))
                .isEqualTo("a\n");
    }

    @Test
    void anUnknownEncodingIsNotRemoved() {
        var message = message("Content-Transfer-Encoding: x-uuencode", new byte[0]);
        assertThat(Binary.isDecodable(message.root())).isFalse();
        assertThatThrownBy(() -> content(message)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMeasureIsTheSizeAndWhetherThereIsANul() throws IOException {
        assertThat(Binary.measure(new ByteArrayInputStream(new byte[20_000])))
                .isEqualTo(new Binary.Measure(20_000, true));
        assertThat(Binary.measure(new ByteArrayInputStream("abc".getBytes(UTF_8))))
                .isEqualTo(new Binary.Measure(3, false));
    }
}
