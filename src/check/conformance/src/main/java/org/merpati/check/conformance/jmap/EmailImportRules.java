package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;
import static org.merpati.check.conformance.jmap.Answers.texts;

/** Messages that were uploaded, filed or only read (RFC 8621 §4.8, §4.9). */
final class EmailImportRules extends Rules {
    EmailImportRules(Jmap jmap) {
        super(jmap);
    }

    private String uploaded(String subject) {
        return blob("message/rfc822", message(subject).replace("\n", "\r\n"));
    }

    private String refused(String import_, Object... values) {
        var answer = ok("Email/import", "'emails':{'a':{" + import_ + "}}", values);
        assertThat(answer.at("/notCreated/a").isObject()).as(answer.toString()).isTrue();
        return answer.at("/notCreated/a/type").asText();
    }

    @Rule({"RFC 8621 §4.8", "RFC 8620 §6"})
    void anImportedMailIsAnsweredWithIdBlobThreadAndSize() {
        var answer =
                ok("Email/import", "'emails':{'a':{'blobId':?,'mailboxIds':{?:true}}}", uploaded("import"), mailbox());
        assertThat(names(answer.at("/created/a"))).containsExactlyInAnyOrder("id", "blobId", "threadId", "size");
        assertThat(names(answer)).contains("accountId", "oldState", "newState", "created", "notCreated");
    }

    @Rule("RFC 8621 §4.8")
    void anImportNeedsAMailboxAndABlob() {
        var box = mailbox();
        assertThat(refused("'blobId':?,'mailboxIds':{}", uploaded("import"))).isEqualTo("invalidProperties");
        assertThat(refused("'blobId':?", uploaded("import"))).isEqualTo("invalidProperties");
        assertThat(refused("'blobId':?,'mailboxIds':{'nothing':true}", uploaded("import")))
                .isEqualTo("invalidProperties");
        assertThat(refused("'mailboxIds':{?:true}", box)).isEqualTo("invalidProperties");
        assertThat(refused("'blobId':'nothing','mailboxIds':{?:true}", box)).isEqualTo("invalidProperties");
        assertThat(refused("'blobId':?,'mailboxIds':{?:true},'keywords':{'a b':true}", uploaded("import"), box))
                .isEqualTo("invalidProperties");
    }

    @Rule("RFC 8621 §4.8")
    void aMailImportedTwiceIsTwoMails() {
        var box = mailbox();
        var blob = uploaded("twice");
        var answer = ok(
                "Email/import",
                "'emails':{'a':{'blobId':?,'mailboxIds':{?:true}},'b':{'blobId':?,'mailboxIds':{?:true}}}",
                blob,
                box,
                blob,
                box);
        if (answer.path("notCreated").isObject() && answer.path("notCreated").size() > 0) {
            assertThat(answer.at("/notCreated/b/type").asText()).isEqualTo("alreadyExists");
            assertThat(answer.at("/notCreated/b/existingId")).isEqualTo(answer.at("/created/a/id"));
            return;
        }
        var a = answer.at("/created/a/id").asText();
        var b = answer.at("/created/b/id").asText();
        assertThat(a).isNotEqualTo(b);
        update("Email/set", a, "'keywords/$seen':true");
        assertThat(email(b, "keywords").path("keywords")).isEmpty();
    }

    @Rule("RFC 8621 §4.8")
    void whatIsNoMessageIsRefused() {
        assertThat(refused("'blobId':?,'mailboxIds':{?:true}", blob("image/png", "\u0001\u0002 nothing"), mailbox()))
                .isEqualTo("invalidEmail");
    }

    @Rule("RFC 8621 §4.8")
    void ifInStateIsAsked() {
        assertThat(error(
                        "Email/import",
                        "'ifInState':'no such state','emails':{'a':{'blobId':?,'mailboxIds':{?:true}}}",
                        uploaded("state"),
                        mailbox()))
                .isEqualTo("stateMismatch");
    }

    @Rule("RFC 8621 §4.9")
    void aBlobIsReadAsAMessageAndNotKept() {
        var blob = uploaded("parsed \u00e4");
        var state = state("Email");
        var answer = ok("Email/parse", "'blobIds':[?],'fetchTextBodyValues':true", blob);
        var email = answer.path("parsed").path(blob);
        assertThat(email.path("subject").asText()).isEqualTo("parsed \u00e4");
        assertThat(email.path("bodyValues")).hasSize(1);
        for (var absent : new String[] {"id", "mailboxIds", "keywords", "receivedAt"}) {
            assertThat(email.path(absent).isNull() || email.path(absent).isMissingNode())
                    .as(absent)
                    .isTrue();
        }
        assertThat(state("Email")).isEqualTo(state);
    }

    @Rule("RFC 8621 §4.9")
    void whatCannotBeReadIsNotParsableOrNotFound() {
        var answer = ok("Email/parse", "'blobIds':[?,'nothing']", blob("image/png", "\u0001\u0002 nothing"));
        assertThat(texts(answer.path("notFound"))).containsExactly("nothing");
        assertThat(answer.path("notParsable")).hasSize(1);
    }

    @Rule("RFC 8621 §4.9")
    void formsAndValuesAreAsInGet() {
        var blob = uploaded("parse");
        assertThat(error("Email/parse", "'blobIds':[?],'properties':['header:From:asDate']", blob))
                .isEqualTo("invalidArguments");
        var answer = ok("Email/parse", "'blobIds':[?],'properties':['header:sUBject:asText']", blob);
        assertThat(answer.path("parsed")
                        .path(blob)
                        .path("header:sUBject:asText")
                        .asText())
                .isEqualTo("parse");
        var cut = ok(
                "Email/parse",
                "'blobIds':[?],'properties':['bodyValues'],'fetchTextBodyValues':true," + "'maxBodyValueBytes':3",
                blob);
        assertThat(cut.path("parsed")
                        .path(blob)
                        .path("bodyValues")
                        .elements()
                        .next()
                        .path("value")
                        .asText())
                .isEqualTo("Hel");
    }

    @Rule("RFC 8621 §4.9")
    void anAttachedMessageIsRead() {
        var mail = mail(mailbox(), """
                Subject: outer
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: message/rfc822

                Subject: inner

                in
                --b--
                """);
        var blob = email(mail, "attachments").at("/attachments/0/blobId").asText();
        assertThat(ok("Email/parse", "'blobIds':[?]", blob)
                        .path("parsed")
                        .path(blob)
                        .path("subject")
                        .asText())
                .isEqualTo("inner");
    }
}
