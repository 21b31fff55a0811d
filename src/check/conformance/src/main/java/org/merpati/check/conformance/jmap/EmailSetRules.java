package org.merpati.check.conformance.jmap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;
import static org.merpati.check.conformance.jmap.Answers.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Mails that clients write (RFC 8621 §4.6). */
final class EmailSetRules extends Rules {
    private static final String TEXT =
            "'bodyValues':{'t':{'value':'hello'}},'textBody':[{'partId':'t','type':'text/plain'}]";

    private final String box;

    EmailSetRules(Jmap jmap) {
        super(jmap);
        box = mailbox();
    }

    private String make(String properties, Object... values) {
        return created("Email/set", in(properties), values);
    }

    private String in(String properties) {
        return "'mailboxIds':{" + Call.fill("?", box) + ":true}," + properties;
    }

    private String octets(String mail) throws IOException {
        return new String(
                jmap.download(email(mail, "blobId").path("blobId").asText()).body(), UTF_8);
    }

    private void refused(String properties, Object... values) {
        assertThat(refusal("Email/set", in(properties), values).path("type").asText())
                .as(properties)
                .isEqualTo("invalidProperties");
    }

    @Rule("RFC 8621 §4.6")
    void aNewMailIsAnsweredWithIdBlobThreadAndSize() {
        var answer = ok("Email/set", "'create':{'a':{" + in(TEXT) + "}}");
        assertThat(names(answer.at("/created/a"))).contains("id", "blobId", "threadId", "size");
    }

    @Rule("RFC 8621 §4.6")
    void whatWasWrittenIsRead() {
        var mail = make(
                "'from':[{'name':'J\u00f6rg \\u0022Q\\u0022','email':'j@example.org'}],'to':[{'email':'x@example.com'}],"
                        + "'subject':'\u00dcber \ud83d\udd4a','sentAt':'2026-11-20T09:00:00+01:00','messageId':['a@b.example'],"
                        + "'references':['c@d.example','e@f.example'],'header:X-Own:asText':'own \u00e4','keywords':{'$draft':true},"
                        + "'receivedAt':'2026-11-19T00:00:00Z'," + TEXT);
        var email = email(
                mail,
                "from",
                "to",
                "subject",
                "sentAt",
                "messageId",
                "references",
                "header:X-Own:asText",
                "keywords",
                "receivedAt");
        assertThat(email.at("/from/0/name").asText()).isEqualTo("J\u00f6rg \"Q\"");
        assertThat(email.path("subject").asText()).isEqualTo("\u00dcber \ud83d\udd4a");
        assertThat(email.path("sentAt").asText()).isEqualTo("2026-11-20T09:00:00+01:00");
        assertThat(texts(email.path("messageId"))).containsExactly("a@b.example");
        assertThat(texts(email.path("references"))).containsExactly("c@d.example", "e@f.example");
        assertThat(email.path("header:X-Own:asText").asText()).isEqualTo("own \u00e4");
        assertThat(names(email.path("keywords"))).containsExactly("$draft");
        assertThat(email.path("receivedAt").asText()).isEqualTo("2026-11-19T00:00:00Z");
        assertThat(email.at("/to/0/name").isNull()).isTrue();
    }

    @Rule("RFC 8621 §4.6")
    void aMessageIdAndADateAreMade() throws IOException {
        var octets = octets(make(TEXT));
        assertThat(octets).containsPattern("Message-ID: <[^<>@\\s]+@[^<>@\\s]+>\r\n");
        assertThat(octets).containsPattern("Date: \\w{3}, \\d{1,2} \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}\r\n");
        assertThat(octets).contains("MIME-Version: 1.0\r\n");
    }

    @Rule("RFC 8621 §4.6")
    void headersAreNotGivenAsAList() {
        refused("'headers':[{'name':'X','value':' y'}]," + TEXT);
        refused("'bodyStructure':{'type':'text/plain','partId':'t','headers':[]},'bodyValues':{'t':{'value':'x'}}");
    }

    @Rule("RFC 8621 §4.6")
    void aFieldIsGivenOnce() {
        refused("'from':[{'email':'a@example.org'}],'header:From:asAddresses':[{'email':'b@example.org'}]," + TEXT);
        refused("'header:X-A':' 1','header:x-a:asText':'2'," + TEXT);
        refused(
                "'from':[{'email':'a@example.org'}],'bodyStructure':{'type':'text/plain','partId':'t','header:From':' b@c'},"
                        + "'bodyValues':{'t':{'value':'x'}}");
    }

    @Rule("RFC 8621 §4.6")
    void aFormThatAFieldMayNotHaveIsRefused() {
        refused("'header:Subject:asAddresses':[{'email':'a@example.org'}]," + TEXT);
        refused("'header:From:asDate':'2026-11-20T09:00:00Z'," + TEXT);
    }

    @Rule("RFC 8621 §4.6")
    void fieldsOfContentBelongToParts() {
        refused("'header:Content-Type':' text/plain'," + TEXT);
        refused("'header:Content-Language:asText':'en'," + TEXT);
        make("'bodyStructure':{'type':'text/plain','partId':'t','header:Content-Language:asText':'en'},"
                + "'bodyValues':{'t':{'value':'x'}}");
    }

    @Rule("RFC 8621 §4.6")
    void aStructureStandsAlone() {
        refused("'bodyStructure':{'type':'text/plain','partId':'t'}," + TEXT);
        refused("'bodyStructure':{'type':'text/plain','partId':'t'},'bodyValues':{'t':{'value':'x'}},'attachments':[]");
    }

    @Rule("RFC 8621 §4.6")
    void aTextBodyIsOnePlainText() {
        refused("'bodyValues':{'t':{'value':'x'}},'textBody':[{'partId':'t','type':'text/html'}]");
        refused("'bodyValues':{'t':{'value':'x'},'u':{'value':'y'}},"
                + "'textBody':[{'partId':'t','type':'text/plain'},{'partId':'u','type':'text/plain'}]");
    }

    @Rule("RFC 8621 §4.6")
    void anHtmlBodyIsOneHtml() {
        refused("'bodyValues':{'t':{'value':'x'}},'htmlBody':[{'partId':'t','type':'text/plain'}]");
    }

    @Rule("RFC 8621 §4.6")
    void aPartIsAValueOrABlob() {
        var blob = blob("text/plain", "hello");
        refused("'textBody':[{'partId':'missing','type':'text/plain'}]");
        refused("'bodyValues':{'t':{'value':'x'}},'textBody':[{'partId':'t','blobId':?,'type':'text/plain'}]", blob);
        refused("'textBody':[{'type':'text/plain'}]");
        make("'textBody':[{'blobId':?,'type':'text/plain'}]", blob);
    }

    @Rule("RFC 8621 §4.6")
    void aPartOfAValueHasNoCharsetAndNoSize() {
        refused("'bodyValues':{'t':{'value':'x'}},'textBody':[{'partId':'t','type':'text/plain','charset':'utf-8'}]");
        refused("'bodyValues':{'t':{'value':'x'}},'textBody':[{'partId':'t','type':'text/plain','size':1}]");
    }

    @Rule("RFC 8621 §4.6")
    void theTransferEncodingIsTheServers() {
        refused("'bodyStructure':{'type':'text/plain','partId':'t','header:Content-Transfer-Encoding':' 8bit'},"
                + "'bodyValues':{'t':{'value':'x'}}");
    }

    @Rule("RFC 8621 §4.6")
    void aValueIsWhole() {
        refused("'bodyValues':{'t':{'value':'x','isTruncated':true}},'textBody':[{'partId':'t','type':'text/plain'}]");
        refused(
                "'bodyValues':{'t':{'value':'x','isEncodingProblem':true}},'textBody':[{'partId':'t','type':'text/plain'}]");
        make("'bodyValues':{'t':{'value':'x','isTruncated':false,'isEncodingProblem':false}},"
                + "'textBody':[{'partId':'t','type':'text/plain'}]");
    }

    @Rule("RFC 8621 §4.6")
    void blobsThatAreNotThereAreNamed() {
        var refused = refusal(
                "Email/set",
                in(TEXT + ",'attachments':[{'blobId':'none1','type':'a/b'},{'blobId':'none2','type':'a/b'}]"));
        assertThat(refused.path("type").asText()).isEqualTo("blobNotFound");
        assertThat(texts(refused.path("notFound"))).containsExactlyInAnyOrder("none1", "none2");
    }

    @Rule("RFC 8621 §4.6")
    void textHtmlAndAttachmentsMakeAStructure() throws IOException {
        var blob = jmap.upload("image/png", new byte[] {0, 1, 2, 3}).path("blobId");
        var mail = make(
                "'bodyValues':{'t':{'value':'plain \u00e4'},'h':{'value':'<p>html \u00e4</p>'}},"
                        + "'textBody':[{'partId':'t','type':'text/plain'}],'htmlBody':[{'partId':'h','type':'text/html'}],"
                        + "'attachments':[{'blobId':?,'type':'image/png','name':'b\u00e4r.png','disposition':'attachment'}]",
                blob);
        var email = ok(
                        "Email/get",
                        "'ids':[?],'properties':['textBody','htmlBody','attachments','bodyValues','hasAttachment'],"
                                + "'fetchAllBodyValues':true",
                        mail)
                .at("/list/0");
        assertThat(email.path("hasAttachment").asBoolean()).isTrue();
        assertThat(value(email, "textBody")).isEqualTo("plain \u00e4");
        assertThat(value(email, "htmlBody")).isEqualTo("<p>html \u00e4</p>");
        assertThat(email.at("/attachments/0/name").asText()).isEqualTo("b\u00e4r.png");
        assertThat(jmap.download(email.at("/attachments/0/blobId").asText()).body())
                .containsExactly(0, 1, 2, 3);
    }

    private static String value(JsonNode email, String body) {
        return email.path("bodyValues")
                .path(email.path(body).path(0).path("partId").asText())
                .path("value")
                .asText();
    }

    @Rule("RFC 8621 §4.6")
    void aMailIsDestroyedFromAllItsMailboxes() {
        var mail = make(TEXT);
        update("Email/set", mail, "'mailboxIds/" + mailbox() + "':true");
        destroy("Email/set", mail);
        assertThat(query(box, "")).doesNotContain(mail);
        assertThat(ok("Email/get", "'ids':[?]", mail).path("notFound")).hasSize(1);
    }

    @Rule("RFC 8621 §4.6")
    void aMailIsMovedAndFlaggedInOneUpdate() {
        var mail = make(TEXT);
        var other = mailbox();
        update("Email/set", mail, "'mailboxIds':{?:true},'keywords':{'$seen':true,'work':true}", other);
        var email = email(mail, "mailboxIds", "keywords");
        assertThat(names(email.path("mailboxIds"))).containsExactly(other);
        assertThat(names(email.path("keywords"))).containsExactlyInAnyOrder("$seen", "work");
    }

    @Rule("RFC 8621 §4.6")
    void whatWasWrittenCannotBeRewritten() {
        var mail = make(TEXT);
        for (var patch : new String[] {"'subject':'x'", "'receivedAt':'2026-11-20T08:00:00Z'", "'size':1"}) {
            assertThat(updateRefusal("Email/set", mail, patch).path("type").asText())
                    .as(patch)
                    .isEqualTo("invalidProperties");
        }
    }

    @Rule("RFC 8621 §4.6")
    void aLineCannotBeSmuggledIntoAHeader() throws IOException {
        var answer = ok("Email/set", "'create':{'a':{" + in("'subject':'x\\r\\nBcc: evil@example.net'," + TEXT) + "}}");
        if (answer.at("/created/a/id").isTextual()) {
            assertThat(octets(answer.at("/created/a/id").asText())).doesNotContain("\r\nBcc:");
        } else {
            assertThat(answer.at("/notCreated/a/type").asText()).isEqualTo("invalidProperties");
        }
    }
}
