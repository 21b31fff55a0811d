package org.merpati.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.field.Unstructured;
import picocli.CommandLine;

class MimeBuildCommandTest {
    @TempDir
    Path folder;

    private record Result(int code, String out, String err) {}

    private Result build(String json, String... options) throws IOException {
        var description = Files.writeString(folder.resolve("description.json"), json);
        var written = folder.resolve("written.eml");
        Files.deleteIfExists(written);
        var arguments = new java.util.ArrayList<>(
                List.of("mime", "build", description.toString(), "--output", written.toString()));
        arguments.addAll(List.of(options));
        var err = new StringWriter();
        int code = Main.commandLine().setErr(new PrintWriter(err)).execute(arguments.toArray(String[]::new));
        return new Result(code, Files.exists(written) ? Files.readString(written) : "", err.toString());
    }

    private static final String NAMED = "\"date\":\"2026-11-21T09:08:07+01:00\",\"messageId\":\"a@b\"";

    @Test
    void aDescriptionBecomesAMessage() throws IOException {
        var result = build("""
                {"from":"Zo\u00eb <zoe@example.org>", "to":["ann@example.org", {"name":"Bob","address":"bob@example.org"},
                  {"group":"Team","members":["c@d"]}],
                 "subject":"Gr\u00fc\u00dfe", %s, "inReplyTo":"c@d", "references":["<e@f>","c@d"],
                 "headers":[{"name":"X-Text","value":"\u00e9"},{"name":"X-Raw","raw":"as is"}], "text":"Hello"}
                """.formatted(NAMED));
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("""
                Date: Sat, 21 Nov 2026 09:08:07 +0100
                From: =?utf-8?Q?Zo=C3=AB?= <zoe@example.org>
                To: ann@example.org, Bob <bob@example.org>, Team: c@d;
                Message-ID: <a@b>
                In-Reply-To: <c@d>
                References: <e@f> <c@d>
                Subject: =?utf-8?B?R3LDvMOfZQ==?=
                X-Text: =?utf-8?B?w6k=?=
                X-Raw: as is
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                Hello
                """.replace("\n", "\r\n"));
    }

    @Test
    void dateAndMessageIdAreMadeWhereTheyAreNotGiven() throws IOException {
        var result = build("{\"from\":\"ann@example.org\"}");
        var header = Message.parse(result.out().getBytes(StandardCharsets.UTF_8))
                .root()
                .header();
        assertThat(header.first("Date")).isPresent();
        assertThat(header.first("Message-ID").orElseThrow().raw()).matches("(?s) <[0-9a-f]{32}@example.org>\\s*");
    }

    @Test
    void filesTextsAndOctetsAreAttached() throws IOException {
        var file = Files.write(folder.resolve("a.pdf"), new byte[] {1, 2, 3});
        var result = build("""
                {"html":"<img src=cid:x>", "attachments":[
                  {"file":"%s"}, {"text":"a,b", "type":"text/csv", "name":"\u00f1.csv"},
                  {"base64":"AAEC", "type":"image/png", "cid":"x", "disposition":"inline"},
                  {"message":{"subject":"inner","text":"x"}, "description":"forwarded"}]}
                """.formatted(file));
        assertThat(result.code()).isZero();
        var message = Message.parse(result.out().getBytes(StandardCharsets.UTF_8));
        var parts = message.root().parts();
        assertThat(parts).hasSize(4);
        assertThat(parts.get(0).contentType().mediaType()).isEqualTo("multipart/related");
        assertThat(content(message, parts.get(0).parts().get(1))).containsExactly(0, 1, 2);
        assertThat(parts.get(1).contentType().mediaType()).isEqualTo("application/pdf");
        assertThat(parts.get(1).name()).contains("a.pdf");
        assertThat(content(message, parts.get(1))).containsExactly(1, 2, 3);
        assertThat(parts.get(2).name()).contains("\u00f1.csv");
        assertThat(message.text(parts.get(2), 100)).isEqualTo("a,b");
        var subject =
                parts.get(3).message().orElseThrow().header().first("Subject").orElseThrow();
        assertThat(Unstructured.decode(subject.raw())).isEqualTo("inner");
    }

    private static byte[] content(Message message, org.merpati.lib.mime.Part part) throws IOException {
        try (InputStream in = message.content(part)) {
            return in.readAllBytes();
        }
    }

    @Test
    void aTreeOfPartsIsTheWholeBody() throws IOException {
        var result = build("""
                {"parts":{"type":"multipart/alternative","parts":[{"text":"a"},
                  {"type":"text/html; x=y","text":"b","language":["de"],"location":"http://x/","headers":[{"name":"X","value":"y"}]}]}}
                """);
        assertThat(result.out())
                .contains(
                        "multipart/alternative;",
                        "text/html; charset=utf-8; x=y\r\nContent-Language: de\r\n"
                                + "Content-Location: http://x/\r\nX: y\r\n\r\nb\r\n--");
        assertThat(build("{\"text\":\"a\",\"parts\":{\"text\":\"b\"}}").err()).contains("either parts, or text");
    }

    @Test
    void theWayDecidesTheEncoding() throws IOException {
        var json = "{\"subject\":\"\u00e9\",\"text\":\"\u00e9\"}";
        assertThat(build(json).out()).contains("quoted-printable", "=C3=A9").isASCII();
        assertThat(build(json, "--encoding", "8bit").out()).contains("8bit\r\n\r\n\u00e9", "Subject: =?utf-8?");
        assertThat(build(json, "--utf8").out()).contains("Subject: \u00e9\r\n", "8bit\r\n\r\n\u00e9");
        var usage = build(json, "--encoding", "9bit");
        assertThat(usage.code()).isEqualTo(2);
        assertThat(usage.err()).contains("7bit, 8bit or binary, not '9bit'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"subjekt\":\"a\"}|subjekt: this key is not known",
                "{\"attachments\":[{\"text\":\"\"},{\"text\":\"\",\"nmae\":\"a\"}]}|attachments[1].nmae: this key is not known",
                "{\"headers\":[{\"name\":\"X\",\"values\":\"a\"}]}|headers[0].values: this key is not known",
                "{\"from\":[{\"mail\":\"a@b\"}]}|from[0].mail: this key is not known",
                "{\"from\":5}|from: a string is needed",
                "{\"to\":{\"name\":\"Ann\"}}|to: a string is needed",
                "{\"subject\":\"a\\nBcc: b@c\"}|subject: text of one line can't have U+000A, at offset 1",
                "{\"date\":\"today\"}|date: not a date as in RFC 3339",
                "{\"headers\":[{\"name\":\"X\",\"raw\":\"a\\r\\nY: b\"}]}|headers[0]: a raw field body can't have U+000D",
                "{\"headers\":[{\"name\":\"X\"}]}|headers[0]: a header has a name, and a value or raw",
                "{\"headers\":[{\"name\":\"Content-Type\",\"value\":\"a\"}]}|headers[0]: Content-Type belongs to the body",
                "{\"attachments\":[{\"file\":\"/nowhere\"}]}|attachments[0].file: no file that can be read: /nowhere",
                "{\"attachments\":[{\"name\":\"a\"}]}|attachments[0]: a part has one of file, text, base64, message and parts, not none",
                "{\"attachments\":[{\"text\":\"\",\"type\":\"csv\"}]}|attachments[0].text: not a media type: csv",
                "{\"attachments\":{}}|attachments: a list […] is needed",
                "{\"attachments\":[{\"message\":{\"x\":1}}]}|attachments[0].message.x: this key is not known",
                "{\"sender\":\"a@b, c@d\"}|sender: one mailbox",
                "{\"to\":\"zo\u00eb@x\"}|To: the local part is not ASCII",
                "[]|the description: an object",
                "{\"a\"|the description is not JSON",
                "{} {}|the description is not JSON",
                "{\"text\":\"a\",\"text\":\"b\"}|the description is not JSON: Duplicate field 'text'"
            })
    void whatIsNotUnderstoodIsRefusedWithItsPlace(String json, String error) throws IOException {
        var result = build(json);
        assertThat(result.err()).startsWith("merpati: " + error).doesNotContain("\tat ");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void standardInputAndOutputServeAsFiles() {
        var json = new ByteArrayInputStream("{\"text\":\"\u00e9\"}".getBytes(StandardCharsets.UTF_8));
        var out = new ByteArrayOutputStream();
        int code = new CommandLine(new MimeBuildCommand(json, out)).execute("-", "--encoding=8bit");
        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("\r\n\r\n\u00e9\r\n");
    }

    @Test
    void aDescriptionThatIsNotThereIsNamed() {
        var err = new StringWriter();
        int code = Main.commandLine().setErr(new PrintWriter(err)).execute("mime", "build", "/nowhere.json");
        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("no file that can be read: /nowhere.json");
        assertThat(Main.commandLine().setErr(new PrintWriter(err)).execute("mime", "build"))
                .isEqualTo(2);
    }
}
