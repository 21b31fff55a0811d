package org.merpati.lib.mime.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MboxReaderTest {
    private static final String A = "From ann@example.org Sat Nov 21 09:08:07 2026\n";
    private static final String B = "From bob Sun Nov 22 09:08:07 2026\n";

    private static InputStream stream(String octets) {
        return new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static List<String> messages(MboxVariant variant, String mbox) throws IOException {
        return messages(variant, mbox, 8192);
    }

    private static List<String> messages(MboxVariant variant, String mbox, int readSize) throws IOException {
        var messages = new ArrayList<String>();
        try (var reader = new MboxReader(stream(mbox), variant)) {
            for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                var out = new ByteArrayOutputStream();
                var buffer = new byte[readSize];
                int read = entry.get().content().read(buffer);
                while (read >= 0) {
                    out.write(buffer, 0, read);
                    read = entry.get().content().read(buffer);
                }
                messages.add(out.toString(StandardCharsets.ISO_8859_1));
            }
        }
        return messages;
    }

    private static List<String> messages(String mbox) throws IOException {
        return messages(MboxVariant.DEFAULT, mbox);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void messagesEndBeforeTheEmptyLineAndTheFromLine(String lineEnd) throws IOException {
        var mbox = (A + "Subject: a\n\none\n\ntwo\n\n" + B + "Subject: b\n\n\n\nthree\n").replace("\n", lineEnd);
        for (int readSize : List.of(1, 2, 7, 8192)) {
            assertThat(messages(MboxVariant.DEFAULT, mbox, readSize))
                    .containsExactly(
                            "Subject: a\n\none\n\ntwo\n".replace("\n", lineEnd),
                            "Subject: b\n\n\n\nthree\n".replace("\n", lineEnd));
        }
    }

    @Test
    void theEndOfTheFileEndsAMessageHoweverItEnds() throws IOException {
        assertThat(messages(A + "S: a\n\none")).containsExactly("S: a\n\none");
        assertThat(messages(A + "S: a\n\none\n\n")).containsExactly("S: a\n\none\n");
        assertThat(messages(A + "S: a")).containsExactly("S: a");
        assertThat(messages(A.strip())).containsExactly("");
        assertThat(messages(A + "S: a\n\n" + B + "S: b\n\n")).containsExactly("S: a\n\n", "S: b\n\n");
    }

    @Test
    void nothingHoldsNoMessagesAndSomethingElseIsNoMbox() throws IOException {
        assertThat(messages("")).isEmpty();
        assertThat(messages("\n\r\n")).isEmpty();
        assertThat(messages("\n\n" + A + "S: a\n\n")).hasSize(1);
        assertThat(messages("\u00ef\u00bb\u00bf" + A + "S: a\n\n")).hasSize(1);
        assertThatThrownBy(() -> messages("Subject: \u001b[2J\n\nx"))
                .isInstanceOf(NotMboxException.class)
                .hasMessage("not an mbox file: it begins with \"Subject: ?[2J\" and not with \"From \"");
    }

    @Test
    void textThatBeginsWithFromIsNoMessageUnlessItHasADateAsTheFirst() throws IOException {
        assertThat(messages(A + "S: a\n\none\n\nFrom me to you\nFrom bob Sun Nov 22 09:08:07 2026\n"))
                .containsExactly("S: a\n\none\n\nFrom me to you\nFrom bob Sun Nov 22 09:08:07 2026\n");
        assertThat(messages("From ann\nS: a\n\none\n\nFrom bob\nS: b\n\ntwo\n"))
                .containsExactly("S: a\n\none\n", "S: b\n\ntwo\n");
    }

    @Test
    void marksAreTakenAsTheVariantPutThem() throws IOException {
        var mbox = A + "S: a\n>From h\n\n>From one\n>>From two\n>Fromage\n> From\n";
        assertThat(messages(MboxVariant.MBOXRD, mbox))
                .containsExactly("S: a\n>From h\n\nFrom one\n>From two\n>Fromage\n> From\n");
        assertThat(messages(MboxVariant.MBOXO, mbox))
                .containsExactly("S: a\n>From h\n\nFrom one\n>>From two\n>Fromage\n> From\n");
        assertThat(messages(MboxVariant.MBOXCL2, mbox))
                .containsExactly("S: a\n>From h\n\n>From one\n>>From two\n>Fromage\n> From\n");
    }

    @Test
    void contentLengthTellsTheEndWhereTheVariantSaysSo() throws IOException {
        var body = "one\n\n" + B + "two\n";
        var mbox = A + "Content-Length: " + body.length() + "\n\n" + body + "\n" + B + "content-length: 4\n\nend\n\n";
        for (int readSize : List.of(1, 3, 8192)) {
            assertThat(messages(MboxVariant.MBOXCL2, mbox, readSize))
                    .containsExactly("Content-Length: " + body.length() + "\n\n" + body, "content-length: 4\n\nend\n");
        }
        assertThat(messages(MboxVariant.MBOXRD, mbox)).hasSize(3);
    }

    @Test
    void aContentLengthThatIsWrongEndsWithTheNextMessage() throws IOException {
        assertThat(messages(MboxVariant.MBOXCL2, A + "Content-Length: 2\n\none\n\n" + B + "S: b\n\n"))
                .containsExactly("Content-Length: 2\n\none\n", "S: b\n\n");
        assertThat(messages(MboxVariant.MBOXCL2, A + "Content-Length: 99999\n\none\n"))
                .hasSize(1);
        assertThat(messages(MboxVariant.MBOXCL2, A + "Content-Length: 0\n\n\n" + B + "Content-Length: 0\n\n"))
                .containsExactly("Content-Length: 0\n\n", "Content-Length: 0\n\n");
        assertThat(messages(MboxVariant.MBOXCL2, A + "Content-Length: -1\n\none\n\n" + B + "\n"))
                .hasSize(2);
    }

    @Test
    void theVariantIsDetectedWhereLengthsHold() throws IOException {
        assertThat(MboxVariant.detect(stream(""))).isEqualTo(MboxVariant.DEFAULT);
        assertThat(MboxVariant.detect(stream(A + "S: a\n\none\n"))).isEqualTo(MboxVariant.MBOXRD);
        var length = A + "Content-Length: 4\n\none\n\n";
        assertThat(MboxVariant.detect(stream(length + length))).isEqualTo(MboxVariant.MBOXCL);
        assertThat(MboxVariant.detect(stream(length + A + "S: a\n\none\n"))).isEqualTo(MboxVariant.MBOXRD);
        assertThat(MboxVariant.detect(stream(A + "Content-Length: 3\n\none\n\n" + A + "\n")))
                .isEqualTo(MboxVariant.MBOXRD);
        assertThat(MboxVariant.detect(stream(A + "Content-Length: 12\n\nFrom me one\n\n" + length)))
                .isEqualTo(MboxVariant.MBOXCL2);
    }

    @ParameterizedTest
    @CsvSource({
        "ann@example.org Sat Nov 21 09:08:07 2026, ann@example.org, 2026-11-21T09:08:07Z",
        "ann Sat Nov  1 09:08 2026, ann, 2026-11-01T09:08:00Z",
        "ann Sat Nov 21 09:08:07 +0200 2026, ann, 2026-11-21T07:08:07Z",
        "ann Sat Nov 21 09:08:07 2026 -0130, ann, 2026-11-21T10:38:07Z",
        "ann Sat Nov 21 09:08:07 EST 2026, ann, 2026-11-21T09:08:07Z",
        "'ann Sat, 21 Nov 2026 09:08:07 +0000', ann, 2026-11-21T09:08:07Z",
        "\"ann lee\"@example.org Sat Nov 21 09:08:60 2026, \"ann lee\"@example.org, 2026-11-21T09:08:59Z",
        "- Thu Jan 01 00:00:00 1970, -, 1970-01-01T00:00:00Z",
        "ann Sat Nov 31 09:08:07 2026, ann,",
        "ann Sat Nov 21 99:08:07 2026, ann,",
        "ann, ann,",
        "'', ,"
    })
    void theFromLineNamesSenderAndDate(String line, String sender, Instant date) throws IOException {
        try (var reader = new MboxReader(stream("From " + line + "\r\nS: a\r\n\r\n"))) {
            var entry = reader.next().orElseThrow();
            assertThat(entry.sender()).isEqualTo(Optional.ofNullable(sender));
            assertThat(entry.date()).isEqualTo(Optional.ofNullable(date));
        }
    }

    @Test
    void whatIsNotReadIsPassedOverAndAnOldContentGivesNothing() throws IOException {
        try (var reader = new MboxReader(stream(A + "S: a\n\none\n\n" + B + "S: b\n\ntwo\n"))) {
            var first = reader.next().orElseThrow();
            assertThat(first.content().read()).isEqualTo('S');
            var second = reader.next().orElseThrow();
            assertThat(first.content().read()).isEqualTo(-1);
            assertThat(second.content().readAllBytes())
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("S: b\n\ntwo\n");
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void linesWithoutEndAreReadInConstantMemory() throws IOException {
        var endless = new InputStream() {
            private long left = 300L << 20;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                if (left <= 0) {
                    return -1;
                }
                int read = (int) Math.min(length, left);
                java.util.Arrays.fill(into, from, from + read, (byte) 'x');
                left -= read;
                return read;
            }
        };
        try (var reader = new MboxReader(new java.io.SequenceInputStream(stream(A + "\n"), endless))) {
            assertThat(reader.next()).isPresent();
            assertThat(reader.next()).isEmpty();
        }
    }
}
