package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;
import static org.merpati.check.conformance.jmap.Answers.texts;

import java.util.List;
import java.util.stream.IntStream;

/** What every /get does (RFC 8620 §5.1). */
final class GetRules extends Rules {
    private static final List<String> TYPES =
            List.of("Mailbox", "Thread", "Email", "Identity", "EmailSubmission", "VacationResponse");

    GetRules(Jmap jmap) {
        super(jmap);
    }

    @Rule("RFC 8620 §5.1")
    void everyTypeAnswersWithAccountStateAndList() {
        for (var type : TYPES) {
            var answer = ok(type + "/get", "'ids':[]");
            assertThat(names(answer)).as(type).containsExactlyInAnyOrder("accountId", "state", "list", "notFound");
            assertThat(answer.path("accountId").asText()).isEqualTo(jmap.account());
            assertThat(answer.path("state").asText()).isNotEmpty();
            assertThat(answer.path("list")).isEmpty();
        }
    }

    @Rule("RFC 8620 §5.1")
    void anUnknownPropertyIsInvalid() {
        for (var type : TYPES) {
            assertThat(error(type + "/get", "'ids':[],'properties':['nothing']"))
                    .as(type)
                    .isEqualTo("invalidArguments");
        }
    }

    @Rule("RFC 8620 §5.1")
    void onlyThePropertiesAskedForAreAnsweredAndTheId() {
        var box = mailbox();
        assertThat(names(get("Mailbox", box, "name"))).containsExactlyInAnyOrder("id", "name");
        assertThat(names(get("Mailbox", box))).containsExactly("id");
    }

    @Rule({"RFC 8620 §5.1", "RFC 8621 §1.1"})
    void withoutPropertiesAllAreAnswered() {
        assertThat(names(ok("Mailbox/get", "'ids':[?],'properties':null", mailbox())
                        .at("/list/0")))
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "parentId",
                        "role",
                        "sortOrder",
                        "totalEmails",
                        "unreadEmails",
                        "totalThreads",
                        "unreadThreads",
                        "myRights",
                        "isSubscribed");
    }

    @Rule("RFC 8620 §5.1")
    void nullIdsAreAllOfASmallType() {
        var box = mailbox();
        assertThat(ok("Mailbox/get", "'ids':null").path("list").findValuesAsText("id"))
                .contains(box);
        assertThat(ok("Identity/get", "").path("list")).isNotEmpty();
    }

    @Rule("RFC 8620 §5.1")
    void whatIsNotThereIsNotFound() {
        var box = mailbox();
        var answer = ok("Mailbox/get", "'ids':['nothing',?,'Zz-9_'],'properties':['id']", box);
        assertThat(answer.path("list").findValuesAsText("id")).containsExactly(box);
        assertThat(texts(answer.path("notFound"))).containsExactlyInAnyOrder("nothing", "Zz-9_");
    }

    @Rule("RFC 8620 §5.1")
    void anIdAskedForTwiceIsAnsweredOnce() {
        var box = mailbox();
        var answer = ok("Mailbox/get", "'ids':[?,?,'nothing','nothing'],'properties':['id']", box, box);
        assertThat(answer.path("list")).hasSize(1);
        assertThat(answer.path("notFound")).hasSize(1);
    }

    @Rule("RFC 8620 §5.1")
    void theStateChangesWithTheData() {
        var box = mailbox();
        var mailboxes = state("Mailbox");
        var emails = state("Email");
        assertThat(state("Mailbox")).isEqualTo(mailboxes);
        mail(box, message("state"));
        assertThat(state("Email")).isNotEqualTo(emails);
        assertThat(state("Mailbox")).isNotEqualTo(mailboxes);
    }

    @Rule({"RFC 8620 §5.1", "RFC 8620 §8.5"})
    void moreIdsThanTheLimitAreTooLarge() {
        int limit = jmap.core().path("maxObjectsInGet").asInt();
        for (var type : TYPES) {
            var many = IntStream.rangeClosed(0, limit).mapToObj(i -> "x" + i).toList();
            assertThat(error(type + "/get", "'ids':?", many)).as(type).isEqualTo("requestTooLarge");
        }
    }
}
