package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What every /queryChanges does (RFC 8620 §5.6). */
final class QueryChangesRules extends Rules {
    QueryChangesRules(Jmap jmap) {
        super(jmap);
    }

    /** A result brought up to date as a client does it. */
    private static List<String> applied(List<String> before, JsonNode changes) {
        var ids = new ArrayList<>(before);
        ids.removeAll(texts(changes.path("removed")));
        int last = -1;
        for (var added : changes.path("added")) {
            assertThat(added.path("index").asInt()).isGreaterThan(last);
            last = added.path("index").asInt();
            ids.add(last, added.path("id").asText());
        }
        return ids;
    }

    private void follow(String query, Runnable change) {
        var before = ok("Email/query", query);
        assertThat(before.path("canCalculateChanges").asBoolean()).isTrue();
        change.run();
        var changes = ok(
                "Email/queryChanges", query + ",'sinceQueryState':?,'calculateTotal':true", before.path("queryState"));
        var after = ok("Email/query", query);
        assertThat(changes.path("oldQueryState")).isEqualTo(before.path("queryState"));
        assertThat(changes.path("newQueryState")).isEqualTo(after.path("queryState"));
        assertThat(changes.path("total").asInt()).isEqualTo(after.path("ids").size());
        assertThat(applied(texts(before.path("ids")), changes)).isEqualTo(texts(after.path("ids")));
    }

    @Rule("RFC 8620 §5.6")
    void removedAndAddedLeadFromTheOldResultToTheNew() {
        var box = mailbox();
        var other = mailbox();
        var mails = new ArrayList<String>();
        for (int i = 1; i <= 6; i++) {
            mails.add(mail(box, message("Change " + i), "2026-11-20T08:00:1" + i + "Z"));
        }
        follow(
                Call.fill("'filter':{'inMailbox':?},'sort':[{'property':'receivedAt','isAscending':false}]", box),
                () -> {
                    mail(box, message("newest"), "2026-11-20T09:00:00Z");
                    mail(box, message("oldest"), "2026-11-20T07:00:00Z");
                    mail(box, message("between"), "2026-11-20T08:00:13Z");
                    destroy("Email/set", mails.get(1));
                    update("Email/set", mails.get(4), "'mailboxIds':{?:true}", other);
                });
    }

    @Rule("RFC 8620 §5.6")
    void aChangeOfAPropertyThatIsSortedByIsTold() {
        var box = mailbox();
        var mails = new ArrayList<String>();
        for (int i = 1; i <= 4; i++) {
            mails.add(mail(box, message("Flag " + i), "2026-11-20T08:00:1" + i + "Z"));
        }
        var call = Call.fill(
                "'filter':{'inMailbox':?},'sort':[{'property':'hasKeyword','keyword':'$flagged'},"
                        + "{'property':'receivedAt'}]",
                box);
        var answer = jmap.run(Call.of("Email/query", call)).ok(0);
        update("Email/set", mails.getFirst(), "'keywords/$flagged':true");
        var changes = jmap.run(Call.of("Email/queryChanges", call + ",'sinceQueryState':?", answer.path("queryState")));
        if (answer.path("canCalculateChanges").asBoolean()) {
            assertThat(applied(texts(answer.path("ids")), changes.ok(0)))
                    .isEqualTo(texts(ok("Email/query", call).path("ids")));
            assertThat(texts(changes.ok(0).path("removed"))).contains(mails.getFirst());
        } else {
            assertThat(changes.error(0).path("type").asText()).isEqualTo("cannotCalculateChanges");
        }
    }

    @Rule("RFC 8620 §5.6")
    void theTotalIsToldToWhoAsks() {
        var box = mailbox();
        var state = ok("Email/query", "'filter':{'inMailbox':?}", box).path("queryState");
        mail(box, message("total"));
        assertThat(ok("Email/queryChanges", "'filter':{'inMailbox':?},'sinceQueryState':?", box, state)
                        .has("total"))
                .isFalse();
    }

    @Rule("RFC 8620 §5.6")
    void moreChangesThanWantedAreTooMany() {
        var box = mailbox();
        var state = ok("Email/query", "'filter':{'inMailbox':?}", box).path("queryState");
        mail(box, message("one"));
        mail(box, message("two"));
        assertThat(error(
                        "Email/queryChanges",
                        "'filter':{'inMailbox':?},'sinceQueryState':?,'maxChanges':1",
                        box,
                        state))
                .isEqualTo("tooManyChanges");
    }

    @Rule("RFC 8620 §5.6")
    void aStateThatIsUnknownCannotBeCalculated() {
        for (var type : List.of("Email", "Mailbox", "EmailSubmission")) {
            assertThat(error(type + "/queryChanges", "'sinceQueryState':'no such state'"))
                    .as(type)
                    .isEqualTo("cannotCalculateChanges");
        }
    }

    @Rule("RFC 8620 §5.6")
    void upToIdSparesWhatIsBehindIt() {
        var box = mailbox();
        var first = mail(box, message("first"), "2026-11-20T08:00:01Z");
        mail(box, message("second"), "2026-11-20T08:00:02Z");
        var call = Call.fill("'filter':{'inMailbox':?},'sort':[{'property':'receivedAt'}]", box);
        var state = ok("Email/query", call).path("queryState");
        var early = mail(box, message("early"), "2026-11-20T08:00:00Z");
        mail(box, message("late"), "2026-11-20T08:00:09Z");
        var changes = ok("Email/queryChanges", call + ",'sinceQueryState':?,'upToId':?", state, first);
        assertThat(changes.path("added").findValuesAsText("id")).contains(early);
    }
}
