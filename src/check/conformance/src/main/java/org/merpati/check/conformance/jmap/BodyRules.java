package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Bodies (RFC 8621 §4.1.4, §4.2). */
final class BodyRules extends Rules {
    private static final String MIXED = """
            From: a@example.net
            Subject: mixed
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: multipart/alternative; boundary=a

            --a
            Content-Type: text/plain; charset=utf-8

            \u00e4\u00e4\u00e4 plain
            --a
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable
            Content-Language: en, de

            <p>h=C3=A4</p>
            --a--
            --m
            Content-Type: image/png; name="a.png"
            Content-Disposition: attachment; filename="a.png"
            Content-Transfer-Encoding: base64
            Content-ID: <pic@example.net>

            AAECAwQ=
            --m--
            """;

    BodyRules(Jmap jmap) {
        super(jmap);
    }

    private String mixed() {
        return mail(mailbox(), MIXED);
    }

    @Rule("RFC 8621 §4.1.4")
    void aPartHasAllItsProperties() {
        var part = email(mixed(), "attachments").at("/attachments/0");
        assertThat(names(part))
                .contains(
                        "partId",
                        "blobId",
                        "size",
                        "name",
                        "type",
                        "charset",
                        "disposition",
                        "cid",
                        "language",
                        "location");
        assertThat(part.path("name").asText()).isEqualTo("a.png");
        assertThat(part.path("type").asText()).isEqualTo("image/png");
        assertThat(part.path("disposition").asText()).isEqualTo("attachment");
        assertThat(part.path("cid").asText()).isEqualTo("pic@example.net");
        assertThat(part.path("size").asInt()).isEqualTo(5);
        assertThat(part.path("charset").isNull()).isTrue();
    }

    @Rule("RFC 8621 §4.1.4")
    void aPartsBlobIsItsDecodedOctets() throws IOException {
        var blob = email(mixed(), "attachments").at("/attachments/0/blobId").asText();
        assertThat(jmap.download(blob).body()).containsExactly(0, 1, 2, 3, 4);
    }

    @Rule("RFC 8621 §4.1.4")
    void theStructureIsATree() {
        var answer = ok(
                "Email/get",
                "'ids':[?],'properties':['bodyStructure'],'bodyProperties':['type','subParts','partId']",
                mixed());
        var structure = answer.at("/list/0/bodyStructure");
        assertThat(structure.path("type").asText()).isEqualTo("multipart/mixed");
        assertThat(structure.path("partId").isNull()).isTrue();
        assertThat(structure.path("subParts")).hasSize(2);
        assertThat(structure.at("/subParts/0/subParts/1/type").asText()).isEqualTo("text/html");
        assertThat(structure.at("/subParts/1/partId").isTextual()).isTrue();
    }

    @Rule("RFC 8621 §4.1.4")
    void bodiesAreTheTextTheHtmlAndTheRest() {
        var email = email(mixed(), "textBody", "htmlBody", "attachments", "hasAttachment");
        assertThat(email.path("textBody").findValuesAsText("type")).containsExactly("text/plain");
        assertThat(email.path("htmlBody").findValuesAsText("type")).containsExactly("text/html");
        assertThat(email.path("attachments").findValuesAsText("type")).containsExactly("image/png");
        assertThat(email.path("hasAttachment").asBoolean()).isTrue();
        assertThat(email.at("/htmlBody/0/language"))
                .extracting(JsonNode::asText)
                .containsExactly("en", "de");
    }

    @Rule("RFC 8621 §4.2")
    void valuesAreGivenOfTheBodiesAskedFor() {
        var mail = mixed();
        assertThat(values(mail, "'fetchTextBodyValues':true")).hasSize(1);
        assertThat(values(mail, "'fetchHTMLBodyValues':true")).hasSize(1);
        assertThat(values(mail, "'fetchAllBodyValues':true")).hasSize(2);
        assertThat(values(mail, "'fetchAllBodyValues':false")).isEmpty();
        var value = values(mail, "'fetchTextBodyValues':true").iterator().next();
        assertThat(value.path("value").asText()).isEqualTo("\u00e4\u00e4\u00e4 plain");
        assertThat(value.path("isTruncated").asBoolean()).isFalse();
        assertThat(value.path("isEncodingProblem").asBoolean()).isFalse();
    }

    private JsonNode values(String mail, String arguments) {
        return ok("Email/get", "'ids':[?],'properties':['bodyValues','textBody','htmlBody']," + arguments, mail)
                .at("/list/0/bodyValues");
    }

    @Rule("RFC 8621 §4.2")
    void aValueIsCutBetweenCharactersWithinItsOctets() {
        var mail = mixed();
        for (int octets = 1; octets < 7; octets++) {
            var value = values(mail, "'fetchTextBodyValues':true,'maxBodyValueBytes':" + octets)
                    .iterator()
                    .next();
            var text = value.path("value").asText();
            assertThat("\u00e4\u00e4\u00e4 plain").startsWith(text);
            assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(octets);
            assertThat(text).hasSize(octets / 2);
            assertThat(value.path("isTruncated").asBoolean()).isTrue();
        }
        assertThat(error("Email/get", "'ids':[],'maxBodyValueBytes':-1")).isEqualTo("invalidArguments");
    }

    @Rule("RFC 8621 §4.1.4")
    void aCharsetThatIsUnknownIsAProblemThatIsTold() {
        var mail =
                mail(mailbox(), "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=no-such\n\nascii\n");
        var value = values(mail, "'fetchTextBodyValues':true").iterator().next();
        assertThat(value.path("isEncodingProblem").asBoolean()).isTrue();
        assertThat(value.path("value").asText()).contains("ascii");
    }

    @Rule("RFC 8621 §4.1.4")
    void aPreviewIsShort() {
        var mail = mail(mailbox(), "Subject: long\n\n" + "palabra ".repeat(200) + "\n");
        assertThat(email(mail, "preview").path("preview").asText())
                .startsWith("palabra")
                .hasSizeLessThanOrEqualTo(256);
    }

    @Rule("RFC 8621 §4.2")
    void bodyPropertiesMayBeHeaderFields() {
        var answer = ok(
                "Email/get",
                "'ids':[?],'properties':['attachments'],'bodyProperties':['partId','header:Content-ID:asMessageIds',"
                        + "'headers']",
                mixed());
        var part = answer.at("/list/0/attachments/0");
        assertThat(part.at("/header:Content-ID:asMessageIds/0").asText()).isEqualTo("pic@example.net");
        assertThat(part.path("headers").findValuesAsText("name")).contains("Content-Type", "Content-ID");
        assertThat(error("Email/get", "'ids':[],'bodyProperties':['nothing']")).isEqualTo("invalidArguments");
    }
}
