package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;
import static org.merpati.check.conformance.jmap.Answers.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What every /query does (RFC 8620 §5.5), over five mails from oldest to newest. */
final class QueryRules extends Rules {
    private static final String OLDEST_FIRST = ",'sort':[{'property':'receivedAt'}]";

    private final String box;
    private final List<String> mails = new ArrayList<>();

    QueryRules(Jmap jmap) {
        super(jmap);
        box = mailbox();
        for (int i = 1; i <= 5; i++) {
            mails.add(mail(box, message("Query " + i), "2026-11-20T08:00:0" + i + "Z"));
        }
    }

    private JsonNode asked(String arguments, Object... values) {
        return ok(
                "Email/query", "'filter':{'inMailbox':" + Call.fill("?", box) + "}" + OLDEST_FIRST + arguments, values);
    }

    private List<String> ids(String arguments, Object... values) {
        return texts(asked(arguments, values).path("ids"));
    }

    @Rule("RFC 8620 §5.5")
    void anAnswerHasItsStateAndPlace() {
        var answer = asked("");
        assertThat(names(answer)).contains("accountId", "queryState", "canCalculateChanges", "position", "ids");
        assertThat(answer.path("canCalculateChanges").isBoolean()).isTrue();
        assertThat(answer.path("position").asInt()).isZero();
        assertThat(texts(answer.path("ids"))).isEqualTo(mails);
    }

    @Rule("RFC 8620 §5.5")
    void theTotalIsToldToWhoAsks() {
        assertThat(asked(",'calculateTotal':true,'limit':2").path("total").asInt())
                .isEqualTo(5);
        assertThat(asked(",'calculateTotal':false").has("total")).isFalse();
    }

    @Rule("RFC 8620 §5.5")
    void aPositionAndALimitCutThePage() {
        var answer = asked(",'position':1,'limit':3");
        assertThat(texts(answer.path("ids"))).isEqualTo(mails.subList(1, 4));
        assertThat(answer.path("position").asInt()).isEqualTo(1);
        assertThat(ids(",'limit':0")).isEmpty();
    }

    @Rule("RFC 8620 §5.5")
    void aNegativePositionCountsFromTheEnd() {
        var answer = asked(",'position':-2");
        assertThat(texts(answer.path("ids"))).isEqualTo(mails.subList(3, 5));
        assertThat(answer.path("position").asInt()).isEqualTo(3);
        assertThat(ids(",'position':-9")).isEqualTo(mails);
    }

    @Rule("RFC 8620 §5.5")
    void aPositionBehindTheEndGivesNothing() {
        assertThat(ids(",'position':5")).isEmpty();
        assertThat(ids(",'position':500")).isEmpty();
    }

    @Rule("RFC 8620 §5.5")
    void aNegativeLimitIsInvalid() {
        assertThat(error("Email/query", "'limit':-1")).isEqualTo("invalidArguments");
    }

    @Rule("RFC 8620 §5.5")
    void anAnchorAndItsOffsetSetThePlaceAndNotThePosition() {
        var answer = asked(",'anchor':?,'anchorOffset':-1,'limit':3,'position':4", mails.get(2));
        assertThat(texts(answer.path("ids"))).isEqualTo(mails.subList(1, 4));
        assertThat(answer.path("position").asInt()).isEqualTo(1);
        assertThat(ids(",'anchor':?,'anchorOffset':-9", mails.get(2))).isEqualTo(mails);
        assertThat(ids(",'anchor':?,'anchorOffset':2", mails.get(2))).isEqualTo(mails.subList(4, 5));
    }

    @Rule("RFC 8620 §5.5")
    void anOffsetWithoutAnAnchorIsIgnored() {
        assertThat(ids(",'anchorOffset':3")).isEqualTo(mails);
    }

    @Rule("RFC 8620 §5.5")
    void anAnchorThatIsNotFoundIsAnError() {
        assertThat(error("Email/query", "'filter':{'inMailbox':?},'anchor':'nothing'", box))
                .isEqualTo("anchorNotFound");
    }

    @Rule("RFC 8620 §5.5")
    void theOrderIsStable() {
        var unsorted = ok("Email/query", "'filter':{'inMailbox':?}", box);
        assertThat(unsorted.path("ids")).hasSize(5);
        assertThat(ok("Email/query", "'filter':{'inMailbox':?},'sort':[]", box).path("ids"))
                .isEqualTo(unsorted.path("ids"));
        var same = "'filter':{'inMailbox':?},'sort':[{'property':'hasKeyword','keyword':'none'}]";
        assertThat(ok("Email/query", same, box).path("ids"))
                .isEqualTo(ok("Email/query", same, box).path("ids"));
    }

    @Rule("RFC 8620 §5.5")
    void descendingIsTheOtherWay() {
        var down = ok(
                "Email/query", "'filter':{'inMailbox':?},'sort':[{'property':'receivedAt','isAscending':false}]", box);
        assertThat(texts(down.path("ids"))).isEqualTo(mails.reversed());
    }

    @Rule("RFC 8620 §5.5")
    void aSortOrACollationThatIsUnknownIsRefused() {
        assertThat(error("Email/query", "'sort':[{'property':'nothing'}]")).isEqualTo("unsupportedSort");
        assertThat(error("Email/query", "'sort':[{'property':'subject','collation':'i;nothing'}]"))
                .isEqualTo("unsupportedSort");
        jmap.core()
                .path("collationAlgorithms")
                .forEach(name -> ok("Email/query", "'sort':[{'property':'subject','collation':?}],'limit':1", name));
    }

    @Rule("RFC 8620 §5.5")
    void operatorsCombineConditions() {
        assertThat(query(
                        box,
                        "'operator':'OR','conditions':[{'after':'2026-11-20T08:00:05Z'},"
                                + "{'before':'2026-11-20T08:00:02Z'}]"))
                .containsExactly(mails.get(0), mails.get(4));
        assertThat(query(
                        box,
                        "'operator':'AND','conditions':[{'after':'2026-11-20T08:00:02Z'},"
                                + "{'before':'2026-11-20T08:00:04Z'}]"))
                .isEqualTo(mails.subList(1, 3));
        assertThat(query(
                        box,
                        "'operator':'NOT','conditions':[{'after':'2026-11-20T08:00:05Z'},"
                                + "{'before':'2026-11-20T08:00:02Z'}]"))
                .isEqualTo(mails.subList(1, 4));
    }

    @Rule("RFC 8620 §5.5")
    void anUnknownOperatorOrConditionIsRefused() {
        assertThat(error("Email/query", "'filter':{'operator':'XOR','conditions':[]}"))
                .isEqualTo("invalidArguments");
        assertThat(error("Email/query", "'filter':{'nothing':1}")).isIn("unsupportedFilter", "invalidArguments");
        assertThat(error("Email/query", "'filter':{'operator':'AND','conditions':[],'text':'x'}"))
                .isEqualTo("invalidArguments");
    }

    @Rule("RFC 8620 §5.5")
    void theQuerysStateChangesWithItsResult() {
        var own = mailbox();
        var call = "'filter':{'inMailbox':?}";
        var before = ok("Email/query", call, own).path("queryState").asText();
        assertThat(ok("Email/query", call, own).path("queryState").asText()).isEqualTo(before);
        mail(own, message("more"));
        assertThat(ok("Email/query", call, own).path("queryState").asText()).isNotEqualTo(before);
    }
}
