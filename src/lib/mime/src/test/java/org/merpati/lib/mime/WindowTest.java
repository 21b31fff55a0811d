package org.merpati.lib.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message read through a window is the message read from an array, however its octets come. */
class WindowTest {
    /** Octets that come a few at a time. */
    record Trickle(Octets all, long seed) implements Octets {
        @Override
        public long size() {
            return all.size();
        }

        @Override
        public InputStream open(long from, long to) throws IOException {
            var random = new Random(seed);
            return new FilterInputStream(all.open(from, to)) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    return super.read(
                            bytes, offset, Math.min(length, 1 + random.nextInt(random.nextInt(9) == 0 ? 5_000 : 40)));
                }
            };
        }
    }

    static void same(byte[] bytes, long seed) throws IOException {
        var whole = Message.parse(bytes);
        var trickled = Message.parse(new Trickle(Octets.of(bytes), seed), Limits.DEFAULT);

        assertThat(Outline.of(trickled)).isEqualTo(Outline.of(whole));
        assertThat(trickled.defects()).isEqualTo(whole.defects());
        same(trickled.root(), whole.root());
    }

    private static void same(Part one, Part other) {
        assertThat(List.of(
                        one.bodyStart(),
                        one.bodyEnd(),
                        one.lines(),
                        one.header().size(),
                        one.header().start()))
                .isEqualTo(List.of(
                        other.bodyStart(),
                        other.bodyEnd(),
                        other.lines(),
                        other.header().size(),
                        other.header().start()));
        assertThat(one.header().complete()).isEqualTo(other.header().complete());
        assertThat(one.header().fields())
                .map(HeaderField::raw)
                .isEqualTo(
                        other.header().fields().stream().map(HeaderField::raw).toList());
        for (int i = 0; i < one.parts().size(); i++) {
            same(one.parts().get(i), other.parts().get(i));
        }
        one.message().ifPresent(message -> same(message, other.message().orElseThrow()));
    }

    @Test
    void howOctetsComeMakesNoDifference() throws IOException {
        var random = new Random(20261121);
        for (int round = 0; round < 300; round++) {
            same(message(random), round);
        }
    }

    /** Lines that mean something to a parser, in any order. */
    static byte[] message(Random random) {
        var lines = new String[] {
            "--a",
            "--a--",
            "--b",
            "--b--",
            "--",
            "",
            "",
            "text",
            " folded",
            "rubbish",
            "x".repeat(3_000),
            "y".repeat(70_000),
            "Subject: =?utf-8?q?x?=",
            "From someone",
            "Content-Type: multipart/mixed; boundary=a",
            "Content-Type: multipart/digest; boundary=\"b\"",
            "Content-Type: message/rfc822",
            "Content-Type: text/html",
            "Content-Transfer-Encoding: base64",
            "Content-Transfer-Encoding: quoted-printable",
            "=41=\t",
            "aGVsbG8="
        };
        var text = new StringBuilder("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n");
        int count = random.nextInt(60);
        for (int i = 0; i < count; i++) {
            text.append(lines[random.nextInt(lines.length)]).append(random.nextInt(4) == 0 ? "\n" : "\r\n");
        }
        return text.substring(random.nextInt(3) == 0 ? 45 : 0).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aHeaderBeyondTheLimitIsTheSameThroughAWindow() throws IOException {
        var limits = new Limits(500, 10, 100, 10);
        for (var text : List.of(
                "A: b\r\nB: " + "c".repeat(600) + "\r\n" + "d".repeat(200_000) + "\r\nD: e\r\n\r\nbody",
                "A: b\n".repeat(20) + "\nbody",
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + "A: b\n".repeat(20) + "--b\n\nsecond\n--b--",
                "A: " + "b".repeat(300_000))) {
            var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            var whole = Message.parse(bytes, 0, bytes.length, limits);
            var trickled = Message.parse(new Trickle(Octets.of(bytes), 1), limits);

            same(trickled.root(), whole.root());
            assertThat(trickled.defects()).isEqualTo(whole.defects());
        }
    }

    @Test
    void aLongFileIsReadThroughAWindow(@TempDir Path folder) throws IOException {
        var file = folder.resolve("long.eml");
        try (var out = Files.newOutputStream(file)) {
            out.write(
                    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var block = "0123456789abcdef\r\n".repeat(4_000).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 500; i++) {
                out.write(block);
            }
            out.write("--b\r\n\r\nlast\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        var message = Message.parse(Octets.of(file), Limits.DEFAULT);

        assertThat(message.root().parts()).hasSize(2);
        assertThat(message.root().parts().getFirst().size()).isEqualTo(500L * 4_000 * 18 - 2);
        assertThat(message.root().parts().getFirst().lines()).isEqualTo(500L * 4_000 - 1);
        assertThat(message.text(message.root().parts().getLast(), 100)).isEqualTo("last");
    }

    @Test
    void aStoredStructureIsTheStructure() throws IOException {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var message = Message.parse(message(random));
            var stored = StoredStructure.of(message.root(), 1 << 20).root().orElseThrow();
            var again = new Message(message.octets(), stored, List.of());

            assertThat(Outline.of(again)).isEqualTo(Outline.of(message));
            assertThat(again.root().header().text("Subject"))
                    .isEqualTo(message.root().header().text("Subject"));
        }
    }
}
