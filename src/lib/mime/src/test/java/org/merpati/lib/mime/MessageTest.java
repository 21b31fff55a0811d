package org.merpati.lib.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.mime.Defect.Kind;

/** The tree of a message: RFC 2046 §5.1, RFC 9051 §6.4.5.1, and what is made of messages that follow neither. */
class MessageTest {
    private static Message parse(String text) {
        return Message.parse(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String outline(String text) throws IOException {
        return Outline.of(parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r"})
    void partsEndBeforeTheLineEndThatBelongsToTheBoundary(String eol) throws IOException {
        var text = String.join(
                eol,
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "preamble",
                "--b",
                "",
                "one",
                "",
                "--b",
                "Content-Type: text/html",
                "",
                "two",
                "--b--",
                "epilogue",
                "");
        var shown = eol.replace("\r", "\\r").replace("\n", "\\n");

        assertThat(outline(text))
                .isEqualTo(" multipart/mixed {1 text/plain \"one" + shown + "\"; 2 text/html \"two\"}");
    }

    @Test
    void sectionsAreNumberedAsImapDoes() throws IOException {
        var text = """
                Content-Type: multipart/mixed; boundary=a

                --a
                Content-Type: multipart/alternative; boundary=b

                --b

                1.1
                --b

                1.2
                --b--
                --a
                Content-Type: message/rfc822

                Subject: inside
                Content-Type: multipart/mixed; boundary=c

                --c

                2.1
                --c--
                --a
                Content-Type: message/rfc822

                Subject: plain

                3.1
                --a--
                """;

        assertThat(outline(text))
                .isEqualTo(
                        " multipart/mixed {1 multipart/alternative {1.1 text/plain \"1.1\"; 1.2 text/plain \"1.2\"}; "
                                + "2 message/rfc822 { multipart/mixed {2.1 text/plain \"2.1\"}}; "
                                + "3 message/rfc822 {3.1 text/plain \"3.1\"}}");
        assertThat(outline("Subject: x\n\nbody")).isEqualTo("1 text/plain \"body\"");
        assertThat(outline("Content-Type: message/rfc822\n\nA: b\n\nbody"))
                .isEqualTo("1 message/rfc822 {1.1 text/plain \"body\"}");
    }

    @Test
    void partsOfADigestAreMessages() throws IOException {
        assertThat(outline("Content-Type: multipart/digest; boundary=d\n\n--d\n\nSubject: s\n\nbody\n--d--\n"))
                .isEqualTo(" multipart/digest {1 message/rfc822 {1.1 text/plain \"body\"}}");
    }

    @Test
    void anOuterBoundaryEndsWhatIsInside() throws IOException {
        var text = """
                Content-Type: multipart/mixed; boundary=outer

                --outer
                Content-Type: multipart/mixed; boundary=inner

                --inner

                left open
                --outer

                next
                --outer--
                """;

        assertThat(outline(text))
                .isEqualTo(
                        " multipart/mixed {1 multipart/mixed {1.1 text/plain \"left open\"}; 2 text/plain \"next\"}");
        assertThat(parse(text).defects()).extracting(Defect::kind).contains(Kind.MISSING_CLOSE_DELIMITER);
    }

    @Test
    void aLongerLineIsNoBoundary() throws IOException {
        assertThat(
                        outline(
                                "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--bb\n--b-\n -- b\n--b  \t\n\nx\n--b--  \n"))
                .isEqualTo(" multipart/mixed {1 text/plain \"--bb\\n--b-\\n -- b\"; 2 text/plain \"x\"}");
    }

    @Test
    void aMultipartWithoutBoundariesIsALeaf() throws IOException {
        assertThat(outline("Content-Type: multipart/mixed\n\ntext")).isEqualTo("1 multipart/mixed \"text\"");
        assertThat(outline("Content-Type: multipart/mixed; boundary=b\n\ntext"))
                .isEqualTo("1 multipart/mixed \"text\"");
    }

    @Test
    void bodiesAndHeadersThatAreCutOffAreKept() throws IOException {
        assertThat(outline("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nno end\n"))
                .isEqualTo(" multipart/mixed {1 text/plain \"no end\\n\"}");
        assertThat(outline("Content-Type: multipart/mixed; boundary=b\n\n--b\nSubject: x\n--b\n--b--"))
                .isEqualTo(" multipart/mixed {1 text/plain \"\"; 2 text/plain \"\"}");
        assertThat(outline("")).isEqualTo("1 text/plain \"\"");
        assertThat(parse("Subject: x").defects()).extracting(Defect::kind).containsExactly(Kind.HEADER_CUT_OFF);
    }

    @Test
    void withoutAnEmptyLineTheBodyBeginsWhereFieldsEnd() throws IOException {
        assertThat(outline("Subject: x\nno separator\nmore: or less\n\nbody")).isEqualTo("1 text/plain \"body\"");
        assertThat(outline("Subject: x\nno separator\nnothing\n\nbody"))
                .isEqualTo("1 text/plain \"no separator\\nnothing\\n\\nbody\"");
        assertThat(outline("Content-Type: multipart/mixed; boundary=b\n--b\nContent-Type: text/html\n\nx\n--b--"))
                .isEqualTo(" multipart/mixed {1 text/html \"x\"}");
        assertThat(outline("just text\n\nof two paragraphs"))
                .isEqualTo("1 text/plain \"just text\\n\\nof two paragraphs\"");
    }

    @Test
    void aHeaderEndsBeforeABoundaryWhoseLineEndIsNoneOfItsOwn() throws IOException {
        var text =
                "Content-Type: multipart/mixed; boundary=\":b\"\n\n--:b\nContent-Type: message/rfc822\n\nA: 1\n--:b\n\nx\n--:b--\n";
        var message = parse(text);
        var outer = message.root().parts().getFirst();
        var inner = outer.message().orElseThrow();

        assertThat(Outline.of(message))
                .isEqualTo(" multipart/mixed {1 message/rfc822 {1.1 text/plain \"\"}; 2 text/plain \"x\"}");
        assertThat(inner.bodyStart()).isEqualTo(outer.bodyEnd());
        assertThat(inner.header().text("A")).contains("1");
        assertThat(outline("Content-Type: multipart/mixed; boundary=b\n\n--b\nrubbish\n--b\nA: 1\n\n--b--"))
                .isEqualTo(" multipart/mixed {1 text/plain \"rubbish\"; 2 text/plain \"\"}");
    }

    @Test
    void aLineEndThatEndsAHeaderIsInsideAllThatIsAround() {
        var message =
                parse("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n\n--b--");
        var outer = message.root().parts().getFirst();

        assertThat(outer.message().orElseThrow().bodyStart()).isEqualTo(outer.bodyEnd());
    }

    @Test
    void mailboxFileLinesAreNoFields() {
        var message = parse("From a@example.net Sat Nov 21 10:00:00 2026\n>From b@example.net\nSubject: s\n\nbody");

        assertThat(message.root().header().fields())
                .extracting(HeaderField::name)
                .containsExactly("Subject");
        assertThat(message.defects()).extracting(Defect::kind).contains(Kind.FROM_LINE);
    }

    @Test
    void contentIsDecoded() throws IOException {
        assertThat(outline("Content-Transfer-Encoding: BASE64 (really)\n\naGVs\nbG8=\n"))
                .endsWith("\"hello\"");
        assertThat(outline("Content-Transfer-Encoding: quoted-printable\n\nh=C3=A9=\nl=\r\nlo"))
                .endsWith("\"h\u00c3\u00a9llo\"");
        assertThat(outline("Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n"))
                .endsWith("\"begin 644 a\\n\"");
    }

    @Test
    void linesAndPlacesAreTold() {
        var text = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\ntwo\r\n--b--\r\n";
        var part = parse(text).root().parts().getFirst();

        assertThat(text.substring((int) part.bodyStart(), (int) part.bodyEnd())).isEqualTo("one\r\ntwo");
        assertThat(part.lines()).isEqualTo(1);
        assertThat(parse(text).root().lines()).isEqualTo(5);
        assertThat(part.header().start()).isEqualTo(text.indexOf("--b") + 5);
        assertThat(part.header().size()).isEqualTo(2);
    }

    @Test
    void namesAreFoundWhereverTheyStand() {
        var message = parse("""
                Content-Type: application/pdf; name=a.pdf
                Content-Disposition: attachment; filename=b.pdf
                Content-ID: <x@example.net>

                """);

        assertThat(message.root().name()).contains("b.pdf");
        assertThat(message.root().contentId()).contains("x@example.net");
        assertThat(message.root().charset()).isEmpty();
        assertThat(parse("Content-Type: application/pdf; name=a.pdf\n\n").root().name())
                .contains("a.pdf");
    }

    @Test
    void aBufferIsReadFromItsPosition() {
        var bytes = "xxSubject: a\n\nyy".getBytes(StandardCharsets.US_ASCII);
        var buffer = ByteBuffer.wrap(bytes, 2, bytes.length - 4);

        assertThat(Message.parse(buffer).root().header().text("Subject")).contains("a");
        assertThat(Message.parse(buffer).root().size()).isZero();
        assertThat(buffer.position()).isEqualTo(2);
        assertThat(Message.parse(ByteBuffer.allocateDirect(16)).root().isLeaf()).isTrue();
    }
}
