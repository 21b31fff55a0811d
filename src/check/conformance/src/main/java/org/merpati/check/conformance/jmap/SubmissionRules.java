package org.merpati.check.conformance.jmap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;
import static org.merpati.check.conformance.jmap.Answers.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Identities and what is sent by them (RFC 8621 §6, §7), to oneself. */
final class SubmissionRules extends Rules {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String identity;
    private final String box;

    SubmissionRules(Jmap jmap) {
        super(jmap);
        identity = ok("Identity/get", "'ids':null").at("/list/0/id").asText();
        box = mailbox();
    }

    private String draft(String subject, String more) {
        return created(
                "Email/set",
                "'mailboxIds':{?:true},'keywords':{'$draft':true},'from':[{'email':?}],'subject':?" + more
                        + ",'bodyValues':{'t':{'value':'hello'}},'textBody':[{'partId':'t','type':'text/plain'}]",
                box,
                jmap.user(),
                subject);
    }

    private String toSelf() {
        return ",'to':[{'email':" + Call.fill("?", jmap.user()) + "}]";
    }

    private JsonNode submit(String mail, String more) {
        var answer =
                ok("EmailSubmission/set", "'create':{'new':{'identityId':?,'emailId':?" + more + "}}", identity, mail);
        assertThat(answer.at("/created/new/id").isTextual())
                .as(answer.toString())
                .isTrue();
        return answer.at("/created/new");
    }

    private JsonNode refused(String mail, String more) {
        return refusal("EmailSubmission/set", "'identityId':?,'emailId':?" + more, identity, mail);
    }

    /** The mail that arrives, in another mailbox than the draft's. */
    private String arrived(String subject) {
        var until = Clock.systemUTC().instant().plus(PATIENCE);
        while (Clock.systemUTC().instant().isBefore(until)) {
            var ids = texts(ok("Email/query", "'filter':{'subject':?,'inMailboxOtherThan':[?]}", subject, box)
                    .path("ids"));
            if (!ids.isEmpty()) {
                return ids.getFirst();
            }
        }
        throw new AssertionError(subject + " did not arrive");
    }

    @Rule("RFC 8621 §6")
    void thereIsAnIdentityOfOnesOwnAddress() {
        var identity = ok("Identity/get", "'ids':null").at("/list/0");
        assertThat(names(identity))
                .containsExactlyInAnyOrder(
                        "id", "name", "email", "replyTo", "bcc", "textSignature", "htmlSignature", "mayDelete");
        assertThat(identity.path("email").asText()).isEqualTo(jmap.user());
    }

    @Rule({"RFC 8621 §6.3", "RFC 8621 §9.6"})
    void anIdentityOfAnotherAddressIsForbidden() {
        assertThat(refusal("Identity/set", "'email':'somebody@elsewhere.example'")
                        .path("type")
                        .asText())
                .isEqualTo("forbiddenFrom");
    }

    @Rule("RFC 8621 §6")
    void anIdentitysAddressStays() {
        var id = created("Identity/set", "'email':?,'name':'Ani','textSignature':'bye'", jmap.user());
        assertThat(updateRefusal("Identity/set", id, "'email':'other@example.org'")
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
        update("Identity/set", id, "'name':'Other'");
        assertThat(get("Identity", id, "name", "textSignature")
                        .path("textSignature")
                        .asText())
                .isEqualTo("bye");
        destroy("Identity/set", id);
    }

    @Rule("RFC 8621 §7")
    void anEnvelopeIsMadeOfTheMail() {
        var mail = draft(
                unique("envelope"),
                toSelf() + ",'cc':[{'email':" + Call.fill("?", jmap.user()) + "}],'sender':[{'email':"
                        + Call.fill("?", jmap.user()) + "}]");
        var id = submit(mail, "").path("id").asText();
        var submission = get("EmailSubmission", id, "envelope", "undoStatus", "emailId", "identityId", "threadId");
        assertThat(submission.at("/envelope/mailFrom/email").asText()).isEqualTo(jmap.user());
        assertThat(submission.at("/envelope/rcptTo").findValuesAsText("email")).containsExactly(jmap.user());
        assertThat(submission.path("undoStatus").asText()).isIn("pending", "final", "canceled");
        assertThat(submission.path("emailId").asText()).isEqualTo(mail);
        assertThat(submission.path("threadId"))
                .isEqualTo(email(mail, "threadId").path("threadId"));
    }

    @Rule("RFC 8621 §7")
    void theTimeOfSendingIsSaid() {
        var submission = submit(draft(unique("time"), toSelf()), "");
        var id = submission.path("id").asText();
        var sendAt = Instant.parse(
                get("EmailSubmission", id, "sendAt").path("sendAt").asText());
        assertThat(Duration.between(sendAt, Clock.systemUTC().instant()).abs()).isLessThan(Duration.ofMinutes(5));
    }

    @Rule("RFC 8621 §7.5")
    void aMailArrivesWithoutItsBcc() throws IOException {
        var subject = unique("Blind");
        var mail = draft(subject, toSelf() + ",'bcc':[{'email':" + Call.fill("?", jmap.user()) + "}]");
        submit(mail, "");
        var arrived = email(arrived(subject), "bcc", "subject", "blobId");
        assertThat(arrived.path("bcc").isNull()).isTrue();
        assertThat(new String(jmap.download(arrived.path("blobId").asText()).body(), UTF_8))
                .doesNotContainIgnoringCase("\r\nBcc:");
    }

    @Rule("RFC 8621 §7")
    void howItWentIsSaidForEveryRecipient() {
        var subject = unique("status");
        var id = submit(draft(subject, toSelf()), "").path("id").asText();
        arrived(subject);
        var status = get("EmailSubmission", id, "deliveryStatus")
                .path("deliveryStatus")
                .path(jmap.user());
        assertThat(names(status)).contains("smtpReply", "delivered", "displayed");
        assertThat(status.path("smtpReply").asText()).matches("(?s)\\d{3}[ -].*");
        assertThat(status.path("delivered").asText()).isIn("queued", "yes", "no", "unknown");
        assertThat(status.path("displayed").asText()).isIn("unknown", "yes");
    }

    @Rule("RFC 8621 §7.5")
    void onSuccessTheMailIsChangedAfterItsSubmission() {
        var sent = mailbox();
        var mail = draft(unique("success"), toSelf());
        var answers = jmap.run(Call.of(
                "EmailSubmission/set",
                "'create':{'s':{'identityId':?,'emailId':?}},'onSuccessUpdateEmail':{'#s':{'mailboxIds':{?:true},"
                        + "'keywords/$draft':null}}",
                identity,
                mail,
                sent));
        assertThat(answers.name(0)).isEqualTo("EmailSubmission/set");
        assertThat(answers.name(1)).isEqualTo("Email/set");
        assertThat(answers.callId(1)).isEqualTo(answers.callId(0));
        assertThat(names(answers.ok(1).path("updated"))).containsExactly(mail);
        assertThat(names(email(mail, "mailboxIds").path("mailboxIds"))).containsExactly(sent);
    }

    @Rule("RFC 8621 §7.5")
    void onSuccessTheMailIsDestroyed() {
        var subject = unique("destroyed");
        var mail = draft(subject, toSelf());
        var answers = jmap.run(Call.of(
                "EmailSubmission/set",
                "'create':{'s':{'identityId':?,'emailId':?}},'onSuccessDestroyEmail':['#s']",
                identity,
                mail));
        assertThat(texts(answers.ok(1).path("destroyed"))).containsExactly(mail);
        arrived(subject);
    }

    @Rule("RFC 8621 §7.5")
    void withoutSuccessTheMailStays() {
        var mail = draft(unique("failed"), "");
        var answers = jmap.run(Call.of(
                "EmailSubmission/set",
                "'create':{'s':{'identityId':?,'emailId':?}},'onSuccessDestroyEmail':['#s']",
                identity,
                mail));
        assertThat(answers.ok(0).at("/notCreated/s/type").asText()).isEqualTo("noRecipients");
        assertThat(email(mail).path("id").asText()).isEqualTo(mail);
    }

    @Rule("RFC 8621 §7.5")
    void aDestroyedSubmissionWasSentAllTheSame() {
        var subject = unique("sent");
        var submission = submit(draft(subject, toSelf()), "").path("id").asText();
        destroy("EmailSubmission/set", submission);
        arrived(subject);
    }

    @Rule("RFC 8621 §7.5")
    void whatCannotBeSentIsRefusedWithItsReason() {
        assertThat(refused("nothing", "").path("type").asText()).isIn("invalidProperties", "emailNotFound");
        assertThat(refused(draft(unique("no"), ""), "").path("type").asText()).isEqualTo("noRecipients");
        var refused = refused(
                draft(unique("bad"), toSelf()),
                ",'envelope':{'mailFrom':{'email':" + Call.fill("?", jmap.user())
                        + "},'rcptTo':[{'email':'not an address'}]}");
        assertThat(refused.path("type").asText()).isEqualTo("invalidRecipients");
        assertThat(texts(refused.path("invalidRecipients"))).containsExactly("not an address");
    }

    @Rule({"RFC 8621 §7.5", "RFC 8621 §9.6"})
    void aSenderThatIsAnothersIsForbidden() {
        var refused = refused(
                draft(unique("forged"), toSelf()),
                ",'envelope':{'mailFrom':{'email':'somebody@elsewhere.example'},'rcptTo':[{'email':"
                        + Call.fill("?", jmap.user()) + "}]}");
        assertThat(refused.path("type").asText()).isEqualTo("forbiddenMailFrom");
        var mail = created(
                "Email/set",
                "'mailboxIds':{?:true},'from':[{'email':'somebody@elsewhere.example'}],'to':[{'email':?}],'subject':'x'",
                box,
                jmap.user());
        assertThat(refused(mail, "").path("type").asText()).isEqualTo("forbiddenFrom");
    }

    @Rule("RFC 8621 §7")
    void onlyTheUndoStatusCanBeChanged() {
        var id = submit(draft(unique("undo"), toSelf()), "").path("id").asText();
        assertThat(updateRefusal("EmailSubmission/set", id, "'emailId':'other'")
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
        assertThat(updateRefusal("EmailSubmission/set", id, "'undoStatus':'canceled'")
                        .path("type")
                        .asText())
                .isIn("cannotUnsend", "invalidProperties");
    }

    @Rule("RFC 8621 §7.3")
    void submissionsAreFilteredAndSorted() {
        var first = submit(draft(unique("q"), toSelf()), "").path("id").asText();
        var mail = draft(unique("q"), toSelf());
        var second = submit(mail, "").path("id").asText();
        assertThat(texts(ok("EmailSubmission/query", "'filter':{'emailIds':[?]}", mail)
                        .path("ids")))
                .containsExactly(second);
        for (var property : List.of("emailId", "threadId", "sentAt")) {
            var ids = texts(ok(
                            "EmailSubmission/query",
                            "'filter':{'identityIds':[?]},'sort':[{'property':?}]",
                            identity,
                            property)
                    .path("ids"));
            assertThat(ids).as(property).contains(first, second);
        }
        assertThat(ok("EmailSubmission/query", "'filter':{'identityIds':['nothing']}")
                        .path("ids"))
                .isEmpty();
    }
}
