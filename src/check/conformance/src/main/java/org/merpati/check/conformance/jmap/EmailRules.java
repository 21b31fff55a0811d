package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the store knows of a mail (RFC 8621 §4.1.1, §4.2). */
final class EmailRules extends Rules {
    EmailRules(Jmap jmap) {
        super(jmap);
    }

    @Rule({"RFC 8621 §2", "RFC 8621 §4.1.1"})
    void aMailIsInOneMailboxAtLeast() {
        var box = mailbox();
        var mail = mail(box, message("boxes"));
        assertThat(names(email(mail, "mailboxIds").path("mailboxIds"))).containsExactly(box);
        assertThat(updateRefusal("Email/set", mail, "'mailboxIds':{}")
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
        assertThat(updateRefusal("Email/set", mail, "'mailboxIds/" + box + "':null")
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
        assertThat(refusal("Email/set", "'mailboxIds':{},'subject':'x'")
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
    }

    @Rule({"RFC 8621 §4.1.1", "RFC 8620 §5.7"})
    void everyValueOfASetIsTrue() {
        var box = mailbox();
        var mail = mail(box, message("true"), "2026-11-20T08:00:00Z", "one");
        var email = email(mail, "mailboxIds", "keywords");
        assertThat(email.path("mailboxIds")).allMatch(value -> value.isBoolean() && value.asBoolean());
        assertThat(email.path("keywords")).allMatch(value -> value.isBoolean() && value.asBoolean());
        assertThat(updateRefusal("Email/set", mail, "'keywords':{'two':false}")
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
        assertThat(updateRefusal("Email/set", mail, "'mailboxIds':{?:false}", box)
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
    }

    @Rule("RFC 8621 §4.1.1")
    void keywordsAreAnsweredInLowerCase() {
        var mail = mail(mailbox(), message("case"), "2026-11-20T08:00:00Z", "$Seen", "MiXed");
        assertThat(names(email(mail, "keywords").path("keywords"))).containsExactlyInAnyOrder("$seen", "mixed");
        update("Email/set", mail, "'keywords/MIXED':null");
        assertThat(names(email(mail, "keywords").path("keywords"))).containsExactly("$seen");
    }

    @Rule("RFC 8621 §4.1.1")
    void aKeywordHasOnlyItsCharacters() {
        var mail = mail(mailbox(), message("characters"));
        for (var wrong : new String[] {
            "",
            "a b",
            "a(b",
            "a)b",
            "a{b",
            "a]b",
            "a%b",
            "a*b",
            "a\\u0022b",
            "a\\\\b",
            "\\u00e4",
            "a\\u0001",
            "x".repeat(256)
        }) {
            assertThat(updateRefusal("Email/set", mail, "'keywords':{'" + wrong + "':true}")
                            .path("type")
                            .asText())
                    .as(wrong)
                    .isEqualTo("invalidProperties");
        }
        update("Email/set", mail, "'keywords':{'" + "x".repeat(255) + "':true}");
    }

    @Rule("RFC 8621 §4.1.1")
    void sizeBlobAndTimeAreThoseOfTheMessage() throws IOException {
        var message = message("size").replace("\n", "\r\n");
        var mail = mail(mailbox(), message("size"), "2026-11-20T08:30:00Z");
        var email = email(mail, "size", "blobId", "receivedAt");
        var octets = jmap.download(email.path("blobId").asText()).body();
        assertThat(email.path("size").asInt()).isEqualTo(octets.length);
        assertThat(new String(octets, StandardCharsets.UTF_8))
                .contains("Subject: size\r\n")
                .hasSize(message.length());
        assertThat(email.path("receivedAt").asText()).isEqualTo("2026-11-20T08:30:00Z");
    }

    @Rule("RFC 8620 §1.4")
    void timesAreWrittenInOneWay() {
        var mail = mail(mailbox(), "Date: Fri, 20 Nov 2026 09:00:00 +0100\nSubject: date\n\nx\n");
        var email = email(mail, "receivedAt", "sentAt");
        assertThat(email.path("receivedAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(email.path("sentAt").asText()).isEqualTo("2026-11-20T09:00:00+01:00");
        assertThat(error("Email/query", "'filter':{'before':'2026-11-20t08:00:00z'}"))
                .isEqualTo("invalidArguments");
        assertThat(error("Email/query", "'filter':{'before':'2026-11-20T08:00:00+01:00'}"))
                .isEqualTo("invalidArguments");
    }

    @Rule("RFC 8621 §4.2")
    void theDefaultPropertiesAreThoseListed() {
        var mail = mail(mailbox(), message("default"));
        assertThat(names(ok("Email/get", "'ids':[?]", mail).at("/list/0")))
                .containsExactlyInAnyOrder(
                        "id",
                        "blobId",
                        "threadId",
                        "mailboxIds",
                        "keywords",
                        "size",
                        "receivedAt",
                        "messageId",
                        "inReplyTo",
                        "references",
                        "sender",
                        "from",
                        "to",
                        "cc",
                        "bcc",
                        "replyTo",
                        "subject",
                        "sentAt",
                        "hasAttachment",
                        "preview",
                        "bodyValues",
                        "textBody",
                        "htmlBody",
                        "attachments");
    }

    @Rule("RFC 8621 §1.1")
    void everyPropertyIsSupported() {
        var mail = mail(mailbox(), message("every"));
        var email = email(mail, "headers", "bodyStructure", "preview", "hasAttachment", "references", "replyTo");
        assertThat(email.path("headers")).isNotEmpty();
        assertThat(email.path("bodyStructure").path("type").asText()).isEqualTo("text/plain");
    }

    @Rule("RFC 8621 §4.3")
    void onlyLastingChangesAreInEmailChanges() {
        var mail = mail(mailbox(), message("changes"));
        var state = state("Email");
        update("Email/set", mail, "'keywords/$flagged':true");
        var answer = ok("Email/changes", "'sinceState':?", state);
        assertThat(Answers.texts(answer.path("updated"))).containsExactly(mail);
        assertThat(answer.path("created")).isEmpty();
    }
}
