package org.merpati.lib.imap.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.view.BodyStructure;
import org.merpati.lib.mime.view.Envelope;
import org.merpati.lib.mime.view.Section;

/** RFC 9051 §7.5.2. */
final class StructureWriterTest {
    private static String sent(FetchValue value) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = new ImapWriter(out);
        writer.send(new Fetched(1, List.of(value)));
        writer.flush();
        var line = out.toString(StandardCharsets.ISO_8859_1);
        assertThat(line).startsWith("* 1 FETCH (").endsWith(")\r\n");
        return line.substring(11, line.length() - 3);
    }

    private static Part root(String message) {
        return Message.parse(message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8))
                .root();
    }

    private static String envelope(String header) throws IOException {
        return sent(new FetchValue.EnvelopeValue(Envelope.of(root(header + "\n").header())));
    }

    private static String structure(String message) throws IOException {
        return sent(new FetchValue.StructureValue(BodyStructure.of(root(message)), true));
    }

    private static String body(String message) throws IOException {
        return sent(new FetchValue.StructureValue(BodyStructure.of(root(message)), false));
    }

    /** The envelope of RFC 9051 §8. */
    @Test
    void theEnvelopeOfTheExample() throws IOException {
        assertThat(envelope("""
                        Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)
                        From: Terry Gray <gray@cac.washington.edu>
                        Subject: IMAP4rev2 WG mtg summary and minutes
                        To: imap@cac.washington.edu
                        cc: minutes@CNRI.Reston.VA.US, John Klensin <KLENSIN@MIT.EDU>
                        Message-Id: <B27397-0100000@cac.washington.edu>
                        """))
                .isEqualTo("ENVELOPE (\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" "
                        + "\"IMAP4rev2 WG mtg summary and minutes\" "
                        + "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
                        + "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
                        + "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
                        + "((NIL NIL \"imap\" \"cac.washington.edu\")) "
                        + "((NIL NIL \"minutes\" \"CNRI.Reston.VA.US\")"
                        + "(\"John Klensin\" NIL \"KLENSIN\" \"MIT.EDU\")) NIL NIL "
                        + "\"<B27397-0100000@cac.washington.edu>\")");
    }

    @Test
    void whatCannotBeQuotedIsALiteral() throws IOException {
        assertThat(envelope("Date: ü\nFrom: \"a \\\"b\\\" \\\\\" <x@y>\n"))
                .startsWith("ENVELOPE ({2}\r\nÃ¼ NIL ((\"a \\\"b\\\" \\\\\" NIL \"x\" \"y\"))");
        assertThat(envelope("Subject: " + "x".repeat(1001) + "\n")).startsWith("ENVELOPE (NIL {1001}\r\nxxx");
        assertThat(envelope("Subject:\nMessage-ID: \n"))
                .isEqualTo("ENVELOPE (NIL \"\" NIL NIL NIL NIL NIL NIL NIL \"\")");
    }

    /** The first body structure of RFC 9051 §7.5.2. */
    @Test
    void aSimpleTextHasItsLines() throws IOException {
        var text = ("x".repeat(45) + "\n").repeat(47) + "x".repeat(2279 - 47 * 47 - 2) + "\n";
        assertThat(body("Subject: x\n\n" + text))
                .isEqualTo("BODY (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 2279 48)");
        assertThat(structure("Subject: x\n\na\n"))
                .isEqualTo("BODYSTRUCTURE (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 3 1"
                        + " NIL NIL NIL NIL)");
    }

    /** The second one: text and an attachment. */
    @Test
    void aMultipartIsItsPartsAndItsSubtype() throws IOException {
        var message = """
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain; charset=US-ASCII

                hello

                --b
                Content-Type: text/plain; charset=US-ASCII; name="cc.diff"
                Content-ID: <960723163407.20117h@cac.washington.edu>
                Content-Description: Compiler diff
                Content-Transfer-Encoding: BASE64
                Content-Disposition: attachment; filename=cc.diff
                Content-Language: en, de (formal)
                Content-Location: http://example.org/
                Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==

                eA==
                --b--
                """;
        assertThat(body(message))
                .isEqualTo("BODY ((\"text\" \"plain\" (\"charset\" \"US-ASCII\") NIL NIL \"7bit\" 7 1)"
                        + "(\"text\" \"plain\" (\"charset\" \"US-ASCII\" \"name\" \"cc.diff\")"
                        + " \"<960723163407.20117h@cac.washington.edu>\" \"Compiler diff\" \"BASE64\" 4 0) \"mixed\")");
        assertThat(structure(message))
                .endsWith(" \"BASE64\" 4 0 \"Q2hlY2sgSW50ZWdyaXR5IQ==\" (\"attachment\" (\"filename\" \"cc.diff\"))"
                        + " (\"en\" \"de\") \"http://example.org/\") \"mixed\" (\"boundary\" \"b\") NIL NIL NIL)");
    }

    @Test
    void aMessageInsideHasItsEnvelopeItsBodyAndItsLines() throws IOException {
        assertThat(body("Content-Type: message/rfc822\n\nSubject: in\n\na\nb\n"))
                .isEqualTo("BODY (\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 21"
                        + " (NIL \"in\" NIL NIL NIL NIL NIL NIL NIL NIL)"
                        + " (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 6 2) 4)");
    }

    @Test
    void aValueBeyondAsciiIsWrittenAsInAHeader() throws IOException {
        assertThat(structure("Content-Type: application/x-a; name*=iso-8859-1''n%E4me%20(1)\n\n"))
                .isEqualTo("BODYSTRUCTURE (\"application\" \"x-a\" (\"name*\" \"utf-8''n%C3%A4me%20%281%29\")"
                        + " NIL NIL \"7bit\" 0 NIL NIL NIL NIL)");
    }

    private static FetchItem.Body item(Section section, Optional<FetchItem.Partial> partial) {
        return new FetchItem.Body(section, FetchItem.Form.BODY, true, partial);
    }

    @Test
    void sectionsAreAnsweredAsTheyWereAskedFor() throws IOException {
        var fields = new Section(List.of(1, 2), new Section.Fields(List.of("a", "b c"), true));
        assertThat(sent(new FetchValue.BodyValue(
                        item(fields, Optional.of(new FetchItem.Partial(7, 9))),
                        Optional.of(Octets.of(new byte[] {'x'})))))
                .isEqualTo("BODY[1.2.HEADER.FIELDS.NOT (a \"b c\")]<7> {1}\r\nx");
        assertThat(sent(new FetchValue.BodyValue(
                        item(new Section(List.of(9), Section.Whole.MIME), Optional.empty()), Optional.empty())))
                .isEqualTo("BODY[9.MIME] NIL");
    }

    /** RFC 3516 §4.3. */
    @Test
    void octetsWithANulAreALiteral8() throws IOException {
        var item = new FetchItem.Binary(List.of(1, 2), true, Optional.of(new FetchItem.Partial(0, 5)));
        assertThat(sent(new FetchValue.BinaryValue(item, Optional.of(Octets.of(new byte[] {0})), true)))
                .isEqualTo("BINARY[1.2]<0> ~{1}\r\n\0");
        assertThat(sent(new FetchValue.BinaryValue(item, Optional.of(Octets.of(new byte[] {1})), false)))
                .isEqualTo("BINARY[1.2]<0> {1}\r\n\1");
        assertThat(sent(new FetchValue.BinarySizeValue(new FetchItem.BinarySize(List.of(3)), 7)))
                .isEqualTo("BINARY.SIZE[3] 7");
    }

    @Test
    void whatWasWrittenOnceIsSentAsIfItWereWrittenNow() throws IOException {
        var greeting = new FetchValue.EnvelopeValue(
                Envelope.of(root("From: \u00fc@b.example\n\n").header()));
        var written = ImapWriter.written(greeting, false);
        assertThat(sent(written)).isEqualTo(sent(greeting)).contains(" {");
        assertThat(sent(written)).as("again").isEqualTo(sent(greeting));
        assertThat(sent(ImapWriter.written(greeting, true))).contains("\"\u00c3\u00bc\"");
        var large = new FetchValue.EnvelopeValue(
                Envelope.of(root("Subject: " + "a ".repeat(25_000) + "\n\n").header()));
        assertThat(sent(ImapWriter.written(large, false)))
                .as("more than any buffer holds")
                .isEqualTo(sent(large))
                .hasSizeGreaterThan(40_000);
    }
}
