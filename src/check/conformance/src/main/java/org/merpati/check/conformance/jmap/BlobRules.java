package org.merpati.check.conformance.jmap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;

import java.io.IOException;

/** Uploads and downloads (RFC 8620 §6). */
final class BlobRules extends Rules {
    private static final byte[] OCTETS = "some octets \u00e4".getBytes(UTF_8);

    BlobRules(Jmap jmap) {
        super(jmap);
    }

    @Rule("RFC 8620 §6.1")
    void anUploadIsAnsweredWithItsBlob() throws IOException {
        var answer = jmap.uploadTo(jmap.account(), "text/x-some; charset=utf-8", OCTETS);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        var json = Jmap.json(answer);
        assertThat(names(json)).containsExactlyInAnyOrder("accountId", "blobId", "type", "size");
        assertThat(json.path("accountId").asText()).isEqualTo(jmap.account());
        assertThat(json.path("type").asText()).startsWith("text/x-some");
        assertThat(json.path("size").asInt()).isEqualTo(OCTETS.length);
    }

    @Rule("RFC 8620 §6.1")
    void whatWasUploadedIsDownloadedUnchanged() throws IOException {
        var blob =
                jmap.upload("application/octet-stream", OCTETS).path("blobId").asText();
        var answer = jmap.download(blob);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(OCTETS);
        var empty = jmap.upload("text/plain", new byte[0]).path("blobId").asText();
        assertThat(jmap.download(empty).body()).isEmpty();
    }

    @Rule("RFC 8620 §6.1")
    void noUploadToAnotherAccount() throws IOException {
        assertThat(jmap.uploadTo("nobody", "text/plain", OCTETS).statusCode()).isEqualTo(404);
    }

    @Rule("RFC 8620 §6.2")
    void aDownloadHasTheTypeAndTheNameAskedFor() throws IOException {
        var blob = blob("text/plain", "hello");
        var answer = jmap.send(jmap.downloading(jmap.account(), blob, "r\u00e9sum\u00e9 1.txt", "text/x-asked"));
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/x-asked");
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .contains("attachment")
                .contains("filename*=")
                .containsIgnoringCase("r%C3%A9sum%C3%A9%201.txt");
    }

    @Rule("RFC 8620 §6.2")
    void aBlobThatIsNotThereIsNotFound() throws IOException {
        assertThat(jmap.download("nothing").statusCode()).isEqualTo(404);
        var blob = blob("text/plain", "hello");
        assertThat(jmap.send(jmap.downloading("nobody", blob, "a", "text/plain"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Rule("RFC 8620 §6.2")
    void aDownloadMayBeCachedForItNeverChanges() throws IOException {
        assertThat(jmap.download(blob("text/plain", "hello")).headers().firstValue("Cache-Control"))
                .hasValueSatisfying(
                        value -> assertThat(value).contains("private").contains("immutable"));
    }

    @Rule("RFC 8620 §6")
    void aBlobOfADestroyedMailIsThereToTheEndOfTheCall() {
        var box = mailbox();
        var mail = mail(box, message("attach"));
        var blob = email(mail, "blobId").path("blobId").asText();
        var answer = ok(
                "Email/set",
                "'destroy':[?],'create':{'a':{'mailboxIds':{?:true},'subject':'fwd',"
                        + "'attachments':[{'blobId':?,'type':'message/rfc822'}]}}",
                mail,
                box,
                blob);
        assertThat(answer.at("/created/a/id").isTextual()).as(answer.toString()).isTrue();
        assertThat(answer.path("destroyed")).hasSize(1);
    }

    @Rule("RFC 8620 §6.1")
    void whatWasUploadedStaysAfterItsUse() throws IOException {
        var box = mailbox();
        var blob = blob("message/rfc822", message("stays").replace("\n", "\r\n"));
        var import_ = "'emails':{'a':{'blobId':?,'mailboxIds':{?:true}}}";
        var mail = ok("Email/import", import_, blob, box).at("/created/a/id").asText();
        destroy("Email/set", mail);
        assertThat(jmap.download(blob).statusCode()).isEqualTo(200);
    }

    @Rule({"RFC 8620 §6.1", "RFC 8620 §8.5"})
    void moreThanTheLimitIsTooLarge() throws IOException {
        var answer = jmap.announceUpload(jmap.core().path("maxSizeUpload").asLong() + 1);
        assertThat(answer).startsWith("HTTP/1.1 413 ");
        var problem = Jmap.JSON.readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
        assertThat(problem.path("type").asText()).isEqualTo("urn:ietf:params:jmap:error:limit");
        assertThat(problem.path("limit").asText()).isEqualTo("maxSizeUpload");
    }
}
