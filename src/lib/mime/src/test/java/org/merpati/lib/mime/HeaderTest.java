package org.merpati.lib.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5322 §2.2. */
class HeaderTest {
    private static Header read(String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return Header.read(bytes, bytes.length);
    }

    private static String value(Header header, String name) {
        return header.text(name).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void fieldsAndTheEndAreFoundWithEitherLineEnd(String eol) {
        var text = "From: a@example.net" + eol + "SUBJECT:one" + eol + " two" + eol + eol + "Body: no field" + eol;
        var header = read(text);

        assertThat(header.complete()).isTrue();
        assertThat(header.size()).isEqualTo(text.indexOf("Body"));
        assertThat(header.fields()).extracting(HeaderField::name).containsExactly("From", "SUBJECT");
        assertThat(value(header, "subject")).isEqualTo("one two");
    }

    @Test
    void theHeaderAloneOfALongMessageIsReadThroughAWindow() throws IOException {
        var header = "Long: " + "x".repeat(300_000) + "\r\nBcc: a@example.net\r\n\r\n";
        var octets = new CountedOctets((header + "y\r\n".repeat(1_000_000)).getBytes(StandardCharsets.ISO_8859_1));

        var read = Header.read(octets);

        assertThat(read.size()).isEqualTo(header.length());
        assertThat(read.first("Bcc").orElseThrow().start()).isEqualTo(header.indexOf("Bcc"));
        assertThat(octets.read).isLessThan(1_000_000);
    }

    /** In memory, and read as if it were not. */
    private static final class CountedOctets implements Octets {
        private final byte[] bytes;
        private int read;

        CountedOctets(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open(long from, long to) {
            return new FilterInputStream(new ByteArrayInputStream(bytes, (int) from, (int) (to - from))) {
                @Override
                public int read(byte[] into, int at, int length) throws IOException {
                    int more = super.read(into, at, length);
                    read += Math.max(0, more);
                    return more;
                }
            };
        }
    }

    @Test
    void aFieldKnowsItsPlace() {
        var text = "A: 1\r\nB : 2\r\n\t3\r\nC: 4\r\n\r\n";
        var b = read(text).first("b").orElseThrow();

        assertThat(text.substring(b.start(), b.end())).isEqualTo("B : 2\r\n\t3\r\n");
        assertThat(text.substring(b.bodyStart(), b.end())).isEqualTo(" 2\r\n\t3\r\n");
    }

    @Test
    void aHeaderWithoutAnEndGoesToTheEndOfTheBytes() {
        var header = read("A: 1\r\nB: 2");

        assertThat(header.complete()).isFalse();
        assertThat(header.size()).isEqualTo(10);
        assertThat(value(header, "B")).isEqualTo("2");
    }

    @Test
    void anEmptyMessageAndAnEmptyHeaderAreHeaders() {
        assertThat(read("").size()).isZero();
        assertThat(read("").complete()).isFalse();
        assertThat(read("\r\nbody").size()).isEqualTo(2);
        assertThat(read("\r\nbody").fields()).isEmpty();
    }

    @Test
    void linesThatAreNoFieldsArePassedOver() {
        var header = read(
                " leading\r\nFrom x@example.net Sat Nov 21\r\n: no name\r\nA: 1\r\nno colon\r\n of nobody\r\nB: 2\r\n\r\n");

        assertThat(header.fields()).extracting(HeaderField::name).containsExactly("A", "B");
        assertThat(value(header, "A")).isEqualTo("1");
    }

    @Test
    void onlyTheGivenLengthIsRead() {
        var bytes = "A: 1\r\n\r\nB: 2\r\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Header.read(bytes, 4).fields()).hasSize(1);
        assertThat(Header.read(bytes, 4).complete()).isFalse();
    }

    @Test
    void textIsUtf8AndElseLatin1AndDecoded() {
        assertThat(value(read("S: \u00c3\u00a9\r\n\r\n"), "S")).isEqualTo("é");
        assertThat(value(read("S: \u00e9\r\n\r\n"), "S")).isEqualTo("é");
        assertThat(value(read("S: =?utf-8?q?=C3?=\r\n =?utf-8?q?=A9?=\r\n\r\n"), "S"))
                .isEqualTo("é");
    }

    @Test
    void aLineOfSpaceIsNoEmptyLine() {
        assertThat(read("A: 1\r\n \r\nB: 2\r\n\r\n").fields()).hasSize(2);
        assertThat(read("A: 1\r\n\r\r\nB: 2\r\n\r\n").fields()).hasSize(2);
    }
}
