package org.merpati.lib.mime.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.mime.Part;

class BinaryPartsTest {
    private static final String HEAD = "MIME-Version: 1.0\r\n";

    /** Octets that are not an array, so that they are read through a window. */
    private record Streamed(Octets octets) implements Octets {
        @Override
        public long size() {
            return octets.size();
        }

        @Override
        public InputStream open(long from, long to) throws IOException {
            return octets.open(from, to);
        }
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String encoded(String text) throws IOException {
        var read = new ArrayList<String>();
        for (var octets : List.of(Octets.of(latin(text)), new Streamed(Octets.of(latin(text))))) {
            var message = Message.parse(octets, Limits.DEFAULT);
            var edits = new Edits(octets);
            BinaryParts.encode(message, edits);
            var result = edits.result();
            try (var in = result.open(0, result.size())) {
                read.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
            assertThat(result.size()).isEqualTo(read.getLast().length());
        }
        assertThat(read.getFirst()).isEqualTo(read.getLast());
        return read.getFirst();
    }

    private static List<String> contents(String text) throws IOException {
        var message = Message.parse(latin(text));
        var contents = new ArrayList<String>();
        collect(message, message.root(), contents);
        return contents;
    }

    private static void collect(Message message, Part part, List<String> contents) throws IOException {
        if (part.isLeaf()) {
            try (var in = message.content(part)) {
                contents.add(part.contentType().mediaType() + " "
                        + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        for (var inner : part.parts()) {
            collect(message, inner, contents);
        }
        if (part.message().isPresent()) {
            collect(message, part.message().get(), contents);
        }
    }

    @Test
    void aBinaryLeafBecomesBase64() throws IOException {
        var message = HEAD
                + "Content-Type: application/x\r\nContent-Transfer-Encoding:\r\n BINARY (raw)\r\nX: y\r\n\r\na\0\n\u00ff";

        assertThat(encoded(message))
                .isEqualTo(
                        HEAD
                                + "Content-Type: application/x\r\nContent-Transfer-Encoding: base64\r\nX: y\r\n\r\nYQAK/w==\r\n");
    }

    @Test
    void whatMerelyCallsItselfBinaryIsCalledWhatItIs() throws IOException {
        var binary = HEAD + "Content-Transfer-Encoding: binary\r\n\r\n";

        assertThat(encoded(binary + "plain\r\n")).endsWith("Content-Transfer-Encoding: 7bit\r\n\r\nplain\r\n");
        assertThat(encoded(binary + "caf\u00e9\r\n")).endsWith("Content-Transfer-Encoding: 8bit\r\n\r\ncaf\u00e9\r\n");
        assertThat(encoded(binary + "x".repeat(998) + "\r\n")).contains("7bit");
        assertThat(encoded(binary + "x".repeat(999) + "\r\n")).contains("base64");
        assertThat(encoded(binary + "bare\nline")).contains("base64");
        assertThat(encoded(binary)).isEqualTo(binary.replace("binary", "7bit"));
    }

    @Test
    void everyPartIsJudgedByItselfAndContainersHaveNoEncoding() throws IOException {
        var message = HEAD + "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + "--b\r\nContent-Transfer-Encoding: binary\r\n\r\nshort\r\n"
                + "--b\r\nContent-Type: image/x\r\nContent-Transfer-Encoding: binary\r\n\r\n\0\1\2\r\n"
                + "--b\r\nContent-Type: image/y\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\n"
                + "--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + "Subject: in\r\nContent-Type: image/z\r\n\r\n\0\r\n"
                + "--b\r\n\r\n" + "y".repeat(2_000) + "\r\n--b--\r\n";

        var result = encoded(message);

        assertThat(contents(result)).isEqualTo(contents(message));
        assertThat(result).doesNotContain("\0").doesNotContain("binary").doesNotContain("yyyy");
        assertThat(result)
                .contains("boundary=b\r\nContent-Transfer-Encoding: 8bit\r\n")
                .contains(
                        "message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\nContent-Transfer-Encoding: base64\r\nSubject: in")
                .contains("--b\r\nContent-Transfer-Encoding: base64\r\n\r\neXl5");
    }

    @Test
    void repeatedAndMissingFieldsBecomeOne() throws IOException {
        var twice = "Content-Transfer-Encoding: 7bit\r\nA: b\r\nContent-Transfer-Encoding: binary\r\n\r\n\0\r\n";

        assertThat(encoded(twice)).isEqualTo("A: b\r\nContent-Transfer-Encoding: base64\r\n\r\nAA0K\r\n");
        assertThat(encoded("\r\n\0")).isEqualTo("Content-Transfer-Encoding: base64\r\n\r\nAA==\r\n");
    }

    @Test
    void aMessageThatNeedsNothingIsLeftAlone() throws IOException {
        var message = "Subject: s\r\n\r\nb\r\n";
        var edits = new Edits(Octets.of(latin(message)));
        BinaryParts.encode(Message.parse(latin(message)), edits);

        assertThat(edits.isEmpty()).isTrue();
    }

    @Test
    void randomPartsComeBackToTheOctet() throws IOException {
        var random = new Random(11);
        for (int i = 0; i < 200; i++) {
            var message = new StringBuilder(HEAD + "Content-Type: multipart/mixed; boundary=\"=b\"\r\n\r\n");
            for (int part = 0; part < 1 + random.nextInt(4); part++) {
                var bytes = new byte[random.nextInt(20_000)];
                random.nextBytes(bytes);
                message.append("--=b\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: binary\r\n\r\n")
                        .append(new String(bytes, StandardCharsets.ISO_8859_1))
                        .append("\r\n");
            }
            message.append("--=b--\r\n");
            var result = encoded(message.toString());

            assertThat(contents(result)).isEqualTo(contents(message.toString()));
            assertThat(result.lines().allMatch(line -> line.length() <= 998)).isTrue();
        }
    }

    @Test
    void anyPieceOfTheResultCanBeRead() throws IOException {
        var original = Octets.of(latin("0123456789"));
        var edits = new Edits(original);
        edits.encode(6, 9);
        edits.replace(2, 4, "abc");
        edits.replace(0, 0, "<");
        edits.replace(10, 10, ">");
        var whole = "<01abc45Njc49>".replace("Njc49", "Njc4" + "9");
        var result = edits.result();

        assertThat(result.size()).isEqualTo(whole.length());
        for (int from = 0; from <= whole.length(); from++) {
            for (int to = from; to <= whole.length(); to++) {
                try (var in = result.open(from, to)) {
                    assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                            .isEqualTo(whole.substring(from, to));
                }
            }
        }
    }

    @Test
    void editsThatOverlapAreABug() {
        var edits = new Edits(Octets.of(latin("0123456789")));
        edits.replace(2, 5, "x");
        edits.encode(4, 6);

        assertThatThrownBy(edits::result).isInstanceOf(IllegalStateException.class);
    }
}
