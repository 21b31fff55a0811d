package org.merpati.core.jmap.vacation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.core.jmap.JmapHouse.json;
import static org.merpati.core.jmap.JmapHouse.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.core.jmap.JmapHouse;

/** RFC 8621 §8. */
class VacationTest {
    private final JmapHouse house = JmapHouse.HOUSE;

    @BeforeEach
    void noMail() {
        house.empty();
    }

    private JsonNode get() {
        return house.call("VacationResponse/get", "'ids':null").at("/list/0");
    }

    private JsonNode update(String patch) {
        return house.call("VacationResponse/set", "'update':{'singleton':{" + patch + "}}");
    }

    @Test
    void thereIsAlwaysExactlyOne() {
        var answer = house.call("VacationResponse/get", "'ids':null");
        assertThat(answer.get("list")).hasSize(1);
        assertThat(answer.at("/list/0")).isEqualTo(json("""
                {'id':'singleton','isEnabled':false,'fromDate':null,'toDate':null,'subject':null,'textBody':null,
                 'htmlBody':null}"""));
        assertThat(texts(house.call("VacationResponse/get", "'ids':['singleton','other']")
                        .get("notFound")))
                .containsExactly("other");
        assertThat(house.call("VacationResponse/get", "'ids':[]").get("list")).isEmpty();
    }

    @Test
    void whatIsSetIsKeptAndTheRestStays() {
        var state = house.call("VacationResponse/get", "'ids':[]").get("state").textValue();
        var set = update("'isEnabled':true,'fromDate':'2026-12-24T00:00:00Z','toDate':'2027-01-02T03:04:05.678Z',"
                + "'subject':'Fört','textBody':'Bin\\nweg','htmlBody':'<p>Bin weg'");
        assertThat(set.at("/updated/singleton").isNull()).isTrue();
        assertThat(set.get("oldState").textValue()).isEqualTo(state);
        assertThat(set.get("newState").textValue()).isNotEqualTo(state);
        assertThat(get()).isEqualTo(json("""
                {'id':'singleton','isEnabled':true,'fromDate':'2026-12-24T00:00:00Z',
                 'toDate':'2027-01-02T03:04:05.678Z','subject':'Fört','textBody':'Bin\\nweg','htmlBody':'<p>Bin weg'}"""));
        update("'subject':null,'toDate':null,'htmlBody':''");
        assertThat(get()).isEqualTo(json("""
                {'id':'singleton','isEnabled':true,'fromDate':'2026-12-24T00:00:00Z','toDate':null,'subject':null,
                 'textBody':'Bin\\nweg','htmlBody':''}"""));
    }

    /** RFC 8620 §7.1. */
    @Test
    void whoListensIsTold() {
        try (var feed = house.api()
                .feed(house.caller(), Optional.empty(), Optional.empty())
                .orElseThrow()) {
            update("'isEnabled':true");
            assertThat(feed.next().orElseThrow().changed()).containsOnlyKeys("VacationResponse");
        }
    }

    /** RFC 8620 §5.3: the error "singleton". */
    @Test
    void nobodyMakesOrDestroysOne() {
        assertThat(house.call("VacationResponse/set", "'create':{'n':{'isEnabled':false}}")
                        .at("/notCreated/n/type")
                        .textValue())
                .isEqualTo("singleton");
        var set = house.call("VacationResponse/set", "'destroy':['singleton','other']");
        assertThat(set.at("/notDestroyed/singleton/type").textValue()).isEqualTo("singleton");
        assertThat(set.at("/notDestroyed/other/type").textValue()).isEqualTo("notFound");
        assertThat(house.call("VacationResponse/set", "'update':{'other':{'isEnabled':true}}")
                        .at("/notUpdated/other/type")
                        .textValue())
                .isEqualTo("notFound");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "isEnabled|'isEnabled':'yes'",
                "isEnabled|'isEnabled':1",
                "fromDate|'fromDate':'2026-12-24'",
                "fromDate|'fromDate':'2026-12-24T00:00:00+01:00'",
                "toDate|'toDate':0",
                "toDate|'toDate':'+12026-12-24T00:00:00Z'",
                "subject|'subject':'a\\r\\nBcc: b'",
                "subject|'subject':[]",
                "textBody|'textBody':'\\u0000'",
                "htmlBody|'htmlBody':{}",
                "colour|'colour':'red'",
                "id|'id':'other'"
            })
    void whatIsNoSuchPropertyIsRefusedByItsName(String property, String patch) {
        var error = update(patch).at("/notUpdated/singleton");
        assertThat(error.get("type").textValue()).isEqualTo("invalidProperties");
        assertThat(texts(error.get("properties"))).containsExactly(property);
        assertThat(get().get("isEnabled").booleanValue()).isFalse();
    }

    @Test
    void bodiesHaveALimit() {
        var longest = "x".repeat(262_144);
        update("'textBody':'" + longest + "'");
        assertThat(get().get("textBody").textValue()).hasSize(262_144);
        assertThat(texts(update("'textBody':'" + longest + "x'").at("/notUpdated/singleton/properties")))
                .containsExactly("textBody");
    }
}
