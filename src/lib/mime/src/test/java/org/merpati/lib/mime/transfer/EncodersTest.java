package org.merpati.lib.mime.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodersTest {
    private static String quoted(String octets, boolean text) throws IOException {
        var out = new ByteArrayOutputStream();
        QuotedPrintableEncoder.encode(
                new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1)), out, text);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String base64(byte[] octets) throws IOException {
        var out = new ByteArrayOutputStream();
        Base64Encoder.encode(new ByteArrayInputStream(octets), out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void lineEndsOfTextStayAndThoseOfBinaryContentAreOctets() throws IOException {
        assertThat(quoted("a\r\nb", true)).isEqualTo("a\r\nb");
        assertThat(quoted("a\r\nb", false)).isEqualTo("a=0D=0Ab");
    }

    @Test
    void lineEndsOfOneOctetAreEncodedEverywhere() throws IOException {
        assertThat(quoted("a\nb\rc\n\r\n", true)).isEqualTo("a=0Ab=0Dc=0A\r\n");
    }

    @Test
    void spaceBeforeALineEndOrAtTheEndIsEncoded() throws IOException {
        assertThat(quoted("a \r\n\t\r\nb c\t", true)).isEqualTo("a=20\r\n=09\r\nb c=09");
    }

    @Test
    void octetsBeyondAsciiControlsAndTheEqualsSignAreEncoded() throws IOException {
        assertThat(quoted("\u00e9=\u0000\u007f~", true)).isEqualTo("=E9=3D=00=7F~");
    }

    @Test
    void whatMboxFilesAndServersChangeAtALinesBeginningIsEncoded() throws IOException {
        assertThat(quoted("From me\r\n.\r\nFromage\r\n..", true)).isEqualTo("=46rom me\r\n=2E\r\nFromage\r\n=2E.");
    }

    @Test
    void aLineOf76StaysWholeAndOneMoreIsBroken() throws IOException {
        var full = "x".repeat(76);
        assertThat(quoted(full + "\r\n", true)).isEqualTo(full + "\r\n");
        assertThat(quoted(full, true)).isEqualTo(full);
        assertThat(quoted(full + "y\r\n", true)).isEqualTo("x".repeat(75) + "=\r\nxy\r\n");
    }

    @Test
    void aSoftBreakNeverSplitsAnEscape() throws IOException {
        assertThat(quoted("x".repeat(74) + "\u00e9\r\n", true)).isEqualTo("x".repeat(74) + "=\r\n=E9\r\n");
        assertThat(quoted("x".repeat(73) + "\u00e9\r\n", true)).isEqualTo("x".repeat(73) + "=E9\r\n");
        assertThat(quoted("x".repeat(73) + "\u00e9y\r\n", true)).isEqualTo("x".repeat(73) + "=\r\n=E9y\r\n");
    }

    @Test
    void whatFollowsASoftBreakIsALinesBeginning() throws IOException {
        assertThat(quoted("x".repeat(75) + ".yz", true)).isEqualTo("x".repeat(75) + "=\r\n=2Eyz");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 56, 57, 58, 114, 7295, 7296, 7297, 20_000})
    void base64HasLinesOf76AndTheSizeThatWasComputed(int size) throws IOException {
        var octets = new byte[size];
        new Random(size).nextBytes(octets);
        var encoded = base64(octets);
        assertThat(encoded).hasSize((int) Base64Encoder.encodedSize(size)).doesNotEndWith("\r\n");
        assertThat(encoded.split("\r\n", -1))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(76));
        assertThat(Base64.getMimeDecoder().decode(encoded)).isEqualTo(octets);
    }
}
