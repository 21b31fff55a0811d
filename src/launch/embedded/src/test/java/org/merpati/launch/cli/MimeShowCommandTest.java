package org.merpati.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MimeShowCommandTest {
    private static final String MESSAGE = """
            From: =?utf-8?Q?Zo=C3=AB?= <zoe@example.org>
            To: Team: ann@example.org, Bob <bob@example.org>;, c@d
            Cc: hidden:;
            Subject: folded
             =?utf-8?Q?_text?=
            Date: Sat, 21 Nov 2026 09:08:07 +0100
            Message-ID: <a@b>
            References: <c@d> <e@f>
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            caf=E9
            --x
            Content-Type: image/png; name="in type.png"
            Content-Disposition: inline; filename*=utf-8''%C3%B1.png
            Content-ID: <pic@example.org>
            Content-Transfer-Encoding: base64

            AAEC
            --x
            Content-Type: message/rfc822

            Subject: inside

            body
            --x--
            """;

    @TempDir
    Path folder;

    private record Result(int code, String out, String err) {}

    private static Result show(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of("mime", "show"), Stream.of(arguments))
                        .toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    private String file(String name, String message) throws IOException {
        return Files.write(folder.resolve(name), message.getBytes(StandardCharsets.ISO_8859_1))
                .toString();
    }

    private static JsonNode json(String line) throws IOException {
        return new JsonMapper().readTree(line);
    }

    @Test
    void jsonSaysWhatRfc8621Asks() throws IOException {
        var json = json(show("--json", file("a.eml", MESSAGE)).out());

        assertThat(json.at("/headers/3/raw").asText()).isEqualTo(" folded\n =?utf-8?Q?_text?=");
        assertThat(json.at("/headers/3/decoded").asText()).isEqualTo("folded  text");
        assertThat(json.path("from").toString())
                .isEqualTo("[{\"name\":\"Zo\u00eb\",\"address\":\"zoe@example.org\",\"group\":null}]");
        assertThat(json.path("to").findValuesAsText("address"))
                .containsExactly("ann@example.org", "bob@example.org", "c@d");
        assertThat(json.path("to").findValuesAsText("group")).containsExactly("Team", "Team", "null");
        assertThat(json.path("cc")).isEmpty();
        assertThat(json.path("subject").asText()).isEqualTo("folded  text");
        assertThat(json.path("date").asText()).isEqualTo("2026-11-21T09:08:07+01:00");
        assertThat(json.path("messageId").asText()).isEqualTo("a@b");
        assertThat(json.path("references").toString()).isEqualTo("[\"c@d\",\"e@f\"]");
        assertThat(json.path("textBody").toString()).isEqualTo("[\"1\",\"2\"]");
        assertThat(json.path("attachments").toString()).isEqualTo("[\"3\"]");
        assertThat(json.path("preview").asText()).isEqualTo("caf\u00e9");
        assertThat(json.at("/defects/0/kind").asText()).isEqualTo("bare-lf");
    }

    @Test
    void partsAreTheBodiesWithoutTheirTransferEncoding() throws IOException {
        var parts = json(show("--json", file("a.eml", MESSAGE)).out()).at("/parts/parts");

        assertThat(parts.at("/0/text").asText()).isEqualTo("caf\u00e9");
        assertThat(parts.at("/0/size").asInt()).isEqualTo(4);
        assertThat(parts.at("/1/name").asText()).isEqualTo("\u00f1.png");
        assertThat(parts.at("/1/cid").asText()).isEqualTo("pic@example.org");
        assertThat(parts.at("/1/disposition").asText()).isEqualTo("inline");
        assertThat(parts.at("/1/sha256").asText()) // of the octets 0, 1, 2
                .isEqualTo("ae4b3280e56e2faf83f414a6e3dabe9d5fbe18976544c05fed121accb85b53fc");
        assertThat(parts.at("/2/partId").asText()).isEqualTo("3");
        assertThat(parts.at("/2").has("parts")).isFalse();
        assertThat(parts.at("/2/size").asInt()).isEqualTo("Subject: inside\n\nbody".length());
    }

    @Test
    void severalFilesAreALineEachAndAMissingOneIsToldAtTheEnd() throws IOException {
        var result =
                show("--json", file("a.eml", MESSAGE), folder.resolve("none").toString(), file("b.eml", ""));

        assertThat(result.out().lines()).hasSize(2);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("none: no such file").doesNotContain("at org.merpati");
        assertThat(show(folder.toString()).err()).contains("is a folder");
    }

    @Test
    void theTreeShowsPartsAndKeepsControlCharactersFromTheTerminal() throws IOException {
        var out = show(file("a.eml", MESSAGE + "\n")).out();

        assertThat(out).contains("Subject      folded  text", "├─ 1  text/plain  iso-8859-1", "└─ 3  message/rfc822");
        assertThat(out).contains("   └─ 3.1  text/plain", "\"\u00f1.png\"", "Attachments  3");
        assertThat(show(file("c.eml", "Subject: \u001b[31mred\r\n\r\n")).out()).doesNotContain("\u001b");
    }

    @Test
    void aHyphenIsStandardInput() throws IOException {
        var in = System.in;
        try {
            System.setIn(new ByteArrayInputStream("Subject: s\n\n".getBytes(StandardCharsets.US_ASCII)));
            assertThat(json(show("--json", "-").out()).path("subject").asText()).isEqualTo("s");
            var large = ("Subject: large\n\n" + "line\n".repeat(2_000_000)).getBytes(StandardCharsets.US_ASCII);
            System.setIn(new ByteArrayInputStream(large));
            var json = json(show("--json", "-").out());
            assertThat(json.at("/parts/size").asInt()).isEqualTo(10_000_000);
            assertThat(json.at("/parts/textTruncated").asBoolean()).isTrue();
        } finally {
            System.setIn(in);
        }
    }
}
