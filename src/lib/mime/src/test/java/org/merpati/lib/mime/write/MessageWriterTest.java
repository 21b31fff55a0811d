package org.merpati.lib.mime.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.merpati.lib.mime.field.ContentType;
import org.merpati.lib.mime.field.Parameters;

class MessageWriterTest {
    private static final RandomGenerator ONES = () -> 0x1111111111111111L;
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T09:08:07Z"));
    private static final MessageWriter WRITER = new MessageWriter().random(ONES);

    private static String written(MessageWriter writer, NewMessage message) throws IOException {
        var out = new ByteArrayOutputStream();
        writer.write(message, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String written(MessageBuilder message) throws IOException {
        return written(WRITER, message.build());
    }

    private static String body(BodyPart part) throws IOException {
        return written(new MessageBuilder().body(part));
    }

    private static ContentSource octets(String latin1) {
        return ContentSource.of(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aShortMessageIsAllThatItSays() throws IOException {
        var message = new MessageBuilder(CLOCK, ZoneId.of("Asia/Jakarta"), ONES, "example.org")
                .subject("Hello there")
                .to("ann@example.org")
                .from("Bob B. Bird", "bob@example.org")
                .text("Hello,\n\nAnn");
        assertThat(written(message)).isEqualTo("""
                Date: Sat, 21 Nov 2026 16:08:07 +0700
                From: "Bob B. Bird" <bob@example.org>
                To: ann@example.org
                Message-ID: <11111111111111111111111111111111@example.org>
                Subject: Hello there
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                Hello,

                Ann
                """.replace("\n", "\r\n"));
    }

    @Test
    void textHtmlInlinePartsAndAttachmentsAreArranged() throws IOException {
        var message = new MessageBuilder()
                .text("one")
                .html("<p>one")
                .inline(BodyPart.content("image/gif", octets("GIF89a\r\n")).contentId("<wave@x>"))
                .attach(BodyPart.content("application/pdf", octets("%PDF\u00e9"))
                        .fileName("\u00f1.pdf"));
        assertThat(written(message)).isEqualTo("""
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="=_11111111111111111111111111111111"

                --=_11111111111111111111111111111111
                Content-Type: multipart/related;
                 boundary="=_11111111111111111111111111111111"; type="multipart/alternative"

                --=_11111111111111111111111111111111
                Content-Type: multipart/alternative;
                 boundary="=_11111111111111111111111111111111"

                --=_11111111111111111111111111111111
                Content-Type: text/plain; charset=utf-8

                one
                --=_11111111111111111111111111111111
                Content-Type: text/html; charset=utf-8

                <p>one
                --=_11111111111111111111111111111111--

                --=_11111111111111111111111111111111
                Content-Type: image/gif
                Content-Disposition: inline
                Content-ID: <wave@x>

                GIF89a

                --=_11111111111111111111111111111111--

                --=_11111111111111111111111111111111
                Content-Type: application/pdf; name="=?utf-8?B?w7EucGRm?="
                Content-Transfer-Encoding: quoted-printable
                Content-Disposition: attachment; filename*=utf-8''%C3%B1.pdf

                %PDF=E9
                --=_11111111111111111111111111111111--
                """.replace("\n", "\r\n"));
    }

    @Test
    void eachBoundaryIsAnother() throws IOException {
        var text = written(
                new MessageWriter(),
                new MessageBuilder()
                        .text("a")
                        .html("b")
                        .attach(BodyPart.text("c"))
                        .build());
        var boundaries = text.lines()
                .filter(line -> line.contains("boundary="))
                .map(line -> line.substring(line.indexOf("boundary=")))
                .toList();
        assertThat(boundaries).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void textTakesTheCheapestEncodingThatTheWayAllows() throws IOException {
        var latin = BodyPart.text("caf\u00e9 au lait, s'il vous plait");
        var message = new MessageBuilder().body(latin).build();
        assertThat(written(WRITER, message)).contains("Content-Transfer-Encoding: quoted-printable", "caf=C3=A9 au");
        assertThat(written(WRITER.transport(Transport.EIGHT_BIT), message))
                .contains("Content-Transfer-Encoding: 8bit", "caf\u00e9 au");
        assertThat(body(BodyPart.text("\u041f\u0440\u0438\u0432\u0435\u0442"))).contains("base64", "0J/RgNC40LLQtdGC");
        assertThat(body(BodyPart.text("x".repeat(999)))).contains("quoted-printable");
        assertThat(body(BodyPart.text("x".repeat(998)))).doesNotContain("Encoding");
    }

    @Test
    void octetsThatAreNoLinesAreEncodedUnlessTheWayIsBinary() throws IOException {
        var message = new MessageBuilder()
                .body(BodyPart.content("application/x", octets("a\nb\r\n")))
                .build();
        assertThat(written(WRITER.transport(Transport.EIGHT_BIT), message)).contains("base64\r\n\r\nYQpiDQo=");
        assertThat(written(WRITER.transport(Transport.BINARY), message)).endsWith("binary\r\n\r\na\nb\r\n");
    }

    @Test
    void aLineEndThatServersAddIsNoPartOfAFileThatIsTheWholeBody() throws IOException {
        assertThat(body(BodyPart.content("text/csv", octets("a,b")))).endsWith("base64\r\n\r\nYSxi\r\n");
        assertThat(body(BodyPart.content("text/csv", octets("a,b\r\n")))).endsWith("text/csv\r\n\r\na,b\r\n");
    }

    @Test
    void aMessageWithinIsNeverEncoded() throws IOException {
        var inner = octets("Subject: caf\u00e9\n\nHi");
        var message =
                new MessageBuilder().text("see").attach(BodyPart.message(inner)).build();
        var prepared = WRITER.transport(Transport.EIGHT_BIT).prepare(message);
        assertThat(prepared.needs()).isEqualTo(Transport.EIGHT_BIT);
        var out = new ByteArrayOutputStream();
        prepared.writeTo(out);
        assertThat(out.toString(StandardCharsets.ISO_8859_1))
                .contains("boundary=\"=_11111111111111111111111111111111\"\r\nContent-Transfer-Encoding: 8bit")
                .contains("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n"
                        + "Content-Disposition: attachment\r\n\r\nSubject: caf\u00e9\r\n\r\nHi\r\n\r\n--=_");
        assertThatThrownBy(() -> WRITER.prepare(message))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("message/rfc822 has octets beyond ASCII")
                .hasMessageContaining("only 7bit");
    }

    @Test
    void aMessageBuiltWithinTravelsAsItsPartsDo() throws IOException {
        var inner = new MessageBuilder().subject("\u00e9").text("\u00e9").build();
        assertThat(written(
                        WRITER,
                        new MessageBuilder().body(BodyPart.message(inner)).build()))
                .isEqualTo("""
                        MIME-Version: 1.0
                        Content-Type: message/rfc822

                        Subject: =?utf-8?B?w6k=?=
                        MIME-Version: 1.0
                        Content-Type: text/plain; charset=utf-8
                        Content-Transfer-Encoding: quoted-printable

                        =C3=A9
                        """.replace("\n", "\r\n"));
        assertThat(written(
                        WRITER.utf8(),
                        new MessageBuilder().body(BodyPart.message(inner)).build()))
                .contains("Content-Type: message/global\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSubject: \u00e9\r\n");
    }

    @Test
    void everyPropertyOfAPartIsWritten() throws IOException {
        var part = BodyPart.content(
                        new ContentType("text", "x", new Parameters(List.of(new Parameters.Parameter("a", "b c")))),
                        octets("x\r\n"))
                .inline()
                .contentId("id")
                .description("a thing")
                .languages(List.of("de-AT", "en"))
                .location("http://example.org/x")
                .header("X-More", new HeaderValue.Text("yes"));
        assertThat(body(part)).isEqualTo("""
                MIME-Version: 1.0
                Content-Type: text/x; a="b c"
                Content-Disposition: inline
                Content-ID: <id>
                Content-Description: a thing
                Content-Language: de-AT, en
                Content-Location: http://example.org/x
                X-More: yes

                x
                """.replace("\n", "\r\n"));
    }

    @Test
    void aContentIsReadTwiceAndNeverHeld() throws IOException {
        long size = 200L << 20;
        var opened = new AtomicInteger();
        ContentSource zeros = () -> {
            opened.incrementAndGet();
            return new InputStream() {
                private long left = size;

                @Override
                public int read() {
                    return left-- > 0 ? 0 : -1;
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    int read = (int) Math.min(left, length);
                    left -= read;
                    return read == 0 ? -1 : read;
                }
            };
        };
        var counter = new Counter();
        WRITER.write(
                new MessageBuilder()
                        .attach(BodyPart.content("application/x", zeros))
                        .build(),
                counter);
        assertThat(opened).hasValue(2);
        assertThat(counter.count).isGreaterThan(size / 3 * 4);
    }

    private static final class Counter extends java.io.OutputStream {
        private long count;

        @Override
        public void write(int octet) {
            count++;
        }

        @Override
        public void write(byte[] octets, int from, int length) {
            count += length;
        }
    }

    @Test
    void aContentThatChangesBetweenReadingsIsNotSentAsIfItHadNot() {
        var opened = new AtomicInteger();
        ContentSource growing = () -> new ByteArrayInputStream(new byte[opened.incrementAndGet()]);
        assertThatThrownBy(() -> body(BodyPart.content("application/x", growing)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2 octets now, and had 1");
    }

    @Test
    void wholeBodyAndPiecesOfOneExcludeEachOther() {
        assertThatThrownBy(() ->
                        new MessageBuilder().text("a").body(BodyPart.text("b")).build())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatNoPartCanBeIsRefused() {
        assertThatThrownBy(() -> BodyPart.multipart("mixed")).hasMessageContaining("no parts");
        assertThatThrownBy(() -> BodyPart.content("multipart/mixed", octets("")))
                .hasMessageContaining("of its parts");
        assertThatThrownBy(() -> BodyPart.content("text", octets(""))).hasMessageContaining("not a media type: text");
        assertThatThrownBy(() -> body(BodyPart.content("text/a\r\nb: c", octets(""))))
                .hasMessageContaining("media type");
        assertThatThrownBy(() -> BodyPart.text("").header("Content-Type", new HeaderValue.Text("x")))
                .hasMessageContaining("Content-Type of a part");
        assertThatThrownBy(() -> body(BodyPart.text("").disposition("in line"))).hasMessageContaining("disposition");
        assertThatThrownBy(() -> BodyPart.text("").contentId("a> b")).hasMessageContaining("U+003E");
        assertThatThrownBy(() -> BodyPart.text("").fileName("a\nb")).hasMessageContaining("U+000A, at offset 1");
        assertThatThrownBy(() -> body(BodyPart.text("").languages(List.of("de,"))))
                .hasMessageContaining("language");
    }
}
