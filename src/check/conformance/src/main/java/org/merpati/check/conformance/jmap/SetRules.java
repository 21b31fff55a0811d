package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;
import static org.merpati.check.conformance.jmap.Answers.texts;

import java.util.stream.IntStream;

/** What every /set does (RFC 8620 §5.3). */
final class SetRules extends Rules {
    SetRules(Jmap jmap) {
        super(jmap);
    }

    @Rule("RFC 8620 §5.3")
    void theAnswerTellsTheStatesBeforeAndAfter() {
        var before = state("Mailbox");
        var answer = ok("Mailbox/set", "'create':{'a':{'name':?}}", unique("States"));
        assertThat(answer.path("oldState").asText()).isEqualTo(before);
        assertThat(answer.path("newState").asText()).isEqualTo(state("Mailbox")).isNotEqualTo(before);
        assertThat(names(answer))
                .contains("accountId", "created", "updated", "destroyed", "notCreated", "notUpdated", "notDestroyed");
    }

    @Rule("RFC 8620 §5.3")
    void ifInStateIsAskedBeforeAnythingIsDone() {
        var box = mailbox();
        var state = state("Mailbox");
        ok("Mailbox/set", "'ifInState':?,'update':{?:{'sortOrder':5}}", state, box);
        assertThat(error("Mailbox/set", "'ifInState':?,'update':{?:{'sortOrder':6}}", state, box))
                .isEqualTo("stateMismatch");
        assertThat(get("Mailbox", box, "sortOrder").path("sortOrder").asInt()).isEqualTo(5);
    }

    @Rule("RFC 8620 §5.3")
    void aNewRecordIsAnsweredWithWhatTheServerSet() {
        var made = ok("Mailbox/set", "'create':{'a':{'name':?}}", unique("Set")).at("/created/a");
        assertThat(names(made))
                .contains("id", "totalEmails", "unreadEmails", "totalThreads", "unreadThreads", "myRights");
    }

    @Rule({"RFC 8620 §5.3", "RFC 8620 §1.1"})
    void aPropertyThatIsTheServersCannotBeSet() {
        var refused = refusal("Mailbox/set", "'name':?,'totalEmails':7", unique("Mine"));
        assertThat(refused.path("type").asText()).isEqualTo("invalidProperties");
        assertThat(texts(refused.path("properties"))).containsExactly("totalEmails");
        var box = mailbox();
        assertThat(updateRefusal("Mailbox/set", box, "'id':'other'")
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
    }

    @Rule({"RFC 8620 §5.3", "RFC 8620 §1.1"})
    void anImmutablePropertyCannotBeChangedButGivenAsItIs() {
        var mail = mail(mailbox(), message("immutable"));
        assertThat(updateRefusal("Email/set", mail, "'subject':'other'")
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
        var name = get("Mailbox", mailbox(), "totalEmails").path("id").asText();
        update("Mailbox/set", name, "'totalEmails':0,'id':?", name);
    }

    @Rule("RFC 8620 §5.3")
    void onlyTheRefusedFailAndTheRestIsDone() {
        var box = mailbox();
        var answer = ok(
                "Mailbox/set",
                "'create':{'bad':{'name':''},'good':{'name':?}},'update':{'none':{'name':'x'},?:{'sortOrder':3}},"
                        + "'destroy':['nothing']",
                unique("Good"),
                box);
        assertThat(names(answer.path("created"))).containsExactly("good");
        assertThat(answer.at("/notCreated/bad/type").asText()).isEqualTo("invalidProperties");
        assertThat(names(answer.path("updated"))).containsExactly(box);
        assertThat(answer.at("/notUpdated/none/type").asText()).isEqualTo("notFound");
        assertThat(answer.at("/notDestroyed/nothing/type").asText()).isEqualTo("notFound");
    }

    @Rule("RFC 8620 §5.3")
    void anUpdateIsDoneWholeOrNotAtAll() {
        var box = mailbox();
        var name = get("Mailbox", box, "name").path("name").asText();
        updateRefusal("Mailbox/set", box, "'name':?,'sortOrder':-1", unique("Half"));
        assertThat(get("Mailbox", box, "name").path("name").asText()).isEqualTo(name);
    }

    @Rule("RFC 8620 §5.3")
    void aBadPatchIsRefusedByThatName() {
        var mail = mail(mailbox(), message("patch"));
        for (var patch : new String[] {
            "'nothing/deeper':1", "'keywords/a/b':true", "'keywords':{},'keywords/a':true", "'from/0':null"
        }) {
            assertThat(updateRefusal("Email/set", mail, patch).path("type").asText())
                    .as(patch)
                    .isEqualTo("invalidPatch");
        }
    }

    @Rule("RFC 8620 §5.3")
    void aPatchSetsRemovesAndEscapes() {
        var mail = mail(mailbox(), message("patch"), "2026-11-20T08:00:00Z", "one", "two/~x");
        update("Email/set", mail, "'keywords/one':null,'keywords/two~1~0x':null,'keywords/three':true");
        assertThat(names(email(mail, "keywords").path("keywords"))).containsExactly("three");
        update("Email/set", mail, "'keywords/absent':null");
        assertThat(names(email(mail, "keywords").path("keywords"))).containsExactly("three");
    }

    @Rule("RFC 8620 §5.3")
    void nullSetsADefaultAgain() {
        var box = created("Mailbox/set", "'name':?,'sortOrder':9", unique("Default"));
        update("Mailbox/set", box, "'sortOrder':null");
        assertThat(get("Mailbox", box, "sortOrder").path("sortOrder").asInt()).isZero();
    }

    @Rule("RFC 8620 §5.3")
    void aNewRecordIsKnownByItsCreationIdAtOnceWhateverTheOrder() {
        var answer = ok(
                "Mailbox/set",
                "'create':{'leaf':{'name':?,'parentId':'#middle'},'middle':{'name':?,'parentId':'#root'},'root':{'name':?}}",
                unique("leaf"),
                unique("middle"),
                unique("root"));
        assertThat(names(answer.path("created"))).containsExactlyInAnyOrder("leaf", "middle", "root");
        var leaf = answer.at("/created/leaf/id").asText();
        assertThat(get("Mailbox", leaf, "parentId").path("parentId").asText())
                .isEqualTo(answer.at("/created/middle/id").asText());
    }

    @Rule("RFC 8620 §5.3")
    void aNewRecordIsKnownByItsCreationIdToLaterCallsOfOtherTypes() {
        var answers = jmap.run(
                Call.of("Mailbox/set", "'create':{'box':{'name':?}}", unique("Box")),
                Call.of("Email/set", "'create':{'mail':{'mailboxIds':{'#box':true},'subject':'hi'}}"),
                Call.of("Email/set", "'update':{'#mail':{'keywords/$seen':true}}"),
                Call.of("Email/get", "'ids':['#mail'],'properties':['mailboxIds','keywords']"));
        var box = answers.ok(0).at("/created/box/id").asText();
        assertThat(names(answers.ok(3).at("/list/0/mailboxIds"))).containsExactly(box);
        assertThat(names(answers.ok(3).at("/list/0/keywords"))).containsExactly("$seen");
    }

    @Rule("RFC 8620 §5.3")
    void aCreationIdUsedAgainIsTheNewestRecords() {
        var answers = jmap.run(
                Call.of("Mailbox/set", "'create':{'k':{'name':?}}", unique("First")),
                Call.of("Mailbox/set", "'create':{'k':{'name':?}}", unique("Second")),
                Call.of("Mailbox/set", "'create':{'child':{'name':'c','parentId':'#k'}}"),
                Call.of("Mailbox/get", "'ids':['#child'],'properties':['parentId']"));
        assertThat(answers.ok(3).at("/list/0/parentId").asText())
                .isEqualTo(answers.ok(1).at("/created/k/id").asText());
    }

    @Rule("RFC 8620 §5.3")
    void aCreationIdThatNobodyMadeIsRefused() {
        var refused = refusal("Mailbox/set", "'name':?,'parentId':'#never'", unique("Lost"));
        assertThat(refused.path("type").asText()).isEqualTo("invalidProperties");
        assertThat(texts(refused.path("properties"))).containsExactly("parentId");
    }

    @Rule("RFC 8620 §5.3")
    void whatIsUpdatedAndDestroyedAtOnceIsGone() {
        var box = mailbox();
        var answer = ok("Mailbox/set", "'update':{?:{'sortOrder':4}},'destroy':[?]", box, box);
        assertThat(texts(answer.path("destroyed"))).containsExactly(box);
        assertThat(ok("Mailbox/get", "'ids':[?]", box).path("notFound")).hasSize(1);
    }

    @Rule({"RFC 8620 §5.3", "RFC 8620 §8.5"})
    void moreObjectsThanTheLimitAreTooLarge() {
        int limit = jmap.core().path("maxObjectsInSet").asInt();
        var ids = IntStream.range(0, limit).mapToObj(i -> "x" + i).toList();
        assertThat(ok("Email/set", "'destroy':?", ids).path("notDestroyed")).hasSize(limit);
        assertThat(error("Email/set", "'destroy':?,'update':{'y':{}}", ids)).isEqualTo("requestTooLarge");
    }

    @Rule({"RFC 8620 §5.3", "RFC 8621 §8.1"})
    void aSingletonIsNeitherMadeNorDestroyed() {
        assertThat(refusal("VacationResponse/set", "'isEnabled':false")
                        .path("type")
                        .asText())
                .isEqualTo("singleton");
        assertThat(ok("VacationResponse/set", "'destroy':['singleton']")
                        .at("/notDestroyed/singleton/type")
                        .asText())
                .isEqualTo("singleton");
    }

    @Rule("RFC 8620 §5.3")
    void twoUpdatesInOneCallMayExchangeNames() {
        var a = mailbox();
        var b = mailbox();
        var nameA = get("Mailbox", a, "name").path("name").asText();
        var nameB = get("Mailbox", b, "name").path("name").asText();
        var answer = ok("Mailbox/set", "'update':{?:{'name':?},?:{'name':?}}", a, nameB, b, nameA);
        assertThat(names(answer.path("updated"))).as(answer.toString()).containsExactlyInAnyOrder(a, b);
        assertThat(get("Mailbox", a, "name").path("name").asText()).isEqualTo(nameB);
    }
}
