package org.merpati.lib.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.merpati.lib.mime.Defect.Kind;

/** Hostile messages. The time allowed is far beyond what is needed, and far below what anything but linear time takes. */
class LimitsTest {
    private static Message parse(String text) {
        return soon(() -> Message.parse(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static <T> T soon(ThrowingSupplier<T> work) {
        return assertTimeoutPreemptively(Duration.ofSeconds(20), work);
    }

    private static int count(Part part) {
        return 1
                + part.parts().stream().mapToInt(LimitsTest::count).sum()
                + part.message().map(LimitsTest::count).orElse(0);
    }

    private static int depth(Part part) {
        int below = part.parts().stream().mapToInt(LimitsTest::depth).max().orElse(0);
        return 1 + Math.max(below, part.message().map(LimitsTest::depth).orElse(0));
    }

    @Test
    void aMillionEmptyPartsAreBounded() {
        var message = parse("Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n".repeat(1_000_000) + "\n--b--");

        assertThat(count(message.root())).isEqualTo(Limits.DEFAULT.parts());
        assertThat(message.defects()).extracting(Defect::kind).contains(Kind.TOO_MANY_PARTS);
        assertThat(message.root().parts().getLast().bodyEnd())
                .isEqualTo(message.octets().size());
    }

    @Test
    void partsInPartsAreBounded() {
        var text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        var message = parse(text.toString());

        assertThat(depth(message.root())).isEqualTo(Limits.DEFAULT.depth() + 1);
        assertThat(message.defects()).extracting(Defect::kind).contains(Kind.TOO_DEEP);
        assertThat(depth(
                        parse("Content-Type: message/rfc822\n\n".repeat(20_000)).root()))
                .isEqualTo(Limits.DEFAULT.depth() + 1);
    }

    @Test
    void linesLikeBoundariesAreLookedAtOnce() {
        var text = new StringBuilder();
        var common = "x".repeat(60);
        for (int i = 0; i < 100; i++) {
            text.append("Content-Type: multipart/mixed; boundary=\"" + common + (100 + i) + "\"\n\n--" + common
                    + (100 + i) + "\n");
        }
        text.append(("--" + common + "zzz\n").repeat(500_000));

        assertThat(depth(parse(text.toString()).root())).isEqualTo(Limits.DEFAULT.depth() + 1);
        parse("Content-Type: multipart/mixed; boundary=b\n\n" + "-".repeat(30_000_000));
        parse("Content-Type: multipart/mixed; boundary=b\n\n" + "--\n".repeat(5_000_000));
    }

    @Test
    void headersAreBounded() {
        var many = parse("A: b\n".repeat(1_000_000) + "\nbody");
        var large = parse("A: " + "b".repeat(10_000_000) + "\nB: c\n\nbody");

        assertThat(many.root().header().count()).isEqualTo(Limits.DEFAULT.headerFields());
        assertThat(many.root().size()).isEqualTo(4);
        assertThat(large.root().header().count()).isZero();
        assertThat(large.root().size()).isEqualTo(4);
        assertThat(large.defects()).extracting(Defect::kind).contains(Kind.HEADER_TOO_LARGE);
    }

    @Test
    void headersOfAllPartsTogetherAreBounded() {
        var part = "--b\n" + ("A: " + "b".repeat(96) + "\n").repeat(7_500) + "\nbody\n";
        var message = parse("Content-Type: multipart/mixed; boundary=b\n\n" + part.repeat(12) + "--b--\n");

        assertThat(message.root().parts()).hasSize(12).allMatch(one -> one.size() == 4);
        int fields = message.root().parts().stream()
                .mapToInt(one -> one.header().count())
                .sum();
        assertThat(fields).isBetween(40_000, Limits.DEFAULT.headerSize() / 100);
        assertThat(message.defects()).extracting(Defect::kind).contains(Kind.HEADER_TOO_LARGE);
    }

    @Test
    void defectsAreBounded() {
        assertThat(parse("rubbish\nA: b\n".repeat(9_000) + "\n").defects()).hasSize(101); // and one for its LFs
    }

    @Test
    void rubbishInHeadersIsLookedAtOnce() {
        assertThat(parse(("x".repeat(70) + "\n").repeat(200_000) + "A: b\n\n")
                        .root()
                        .header()
                        .count())
                .isZero();
        assertThat(parse("A: b\n" + "rubbish\nB: c\n".repeat(9_000) + "\n")
                        .root()
                        .header()
                        .count())
                .isEqualTo(9_001);
        parse(" \n".repeat(5_000_000));
        parse(":\n".repeat(5_000_000));
        parse("From \n".repeat(3_000_000));
    }
}
