package org.merpati.core.jmap.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.jmap.JmapHouse;
import org.merpati.core.store.Quotas;
import org.merpati.core.store.Quotas.Limits;

/** RFC 9425. */
class QuotaTest {
    private final JmapHouse house = JmapHouse.HOUSE;

    @BeforeEach
    void empty() {
        house.empty();
    }

    @AfterEach
    void unlimited() {
        house.on(services -> services.get(Quotas.class).limitDomain("example.org", Limits.NONE));
    }

    private static Limits limits(long octets, long emails) {
        return new Limits(
                octets < 0 ? OptionalLong.empty() : OptionalLong.of(octets),
                emails < 0 ? OptionalLong.empty() : OptionalLong.of(emails));
    }

    private void limit(long octets, long emails) {
        house.on(services -> services.get(Quotas.class)
                .limitAccount(new EmailAddress("ana", "example.org"), limits(octets, emails)));
    }

    private JsonNode call(String method, String arguments, String... using) {
        var more = using.length == 0 ? ",'urn:ietf:params:jmap:mail'" : "";
        return house.answer("{'using':['urn:ietf:params:jmap:core','urn:ietf:params:jmap:quota'" + more
                        + "],'methodCalls':[['" + method + "',{'accountId':'" + house.ana() + "'" + arguments
                        + "},'c']]}")
                .at("/methodResponses/0/1");
    }

    private JsonNode get() {
        return call("Quota/get", "");
    }

    private String state() {
        return get().get("state").textValue();
    }

    private JsonNode changes(String since, String more) {
        return call("Quota/changes", ",'sinceState':'" + since + "'" + more);
    }

    @Test
    void whereNothingIsLimitedThereIsNoQuota() {
        var got = call("Quota/get", ",'ids':['octets','x']");
        assertThat(got.get("list").isEmpty()).isTrue();
        assertThat(JmapHouse.texts(got.get("notFound"))).containsExactly("octets", "x");
    }

    @Test
    void eachLimitIsAQuotaWithWhatIsUsed() {
        limit(1_000_000, 10);
        house.mail(JmapHouse.message("one"), "INBOX", "Archive");
        var list = get().get("list");
        assertThat(list.size()).isEqualTo(2);
        var octets = list.get(0);
        assertThat(octets.get("resourceType").textValue()).isEqualTo("octets");
        assertThat(octets.get("used").longValue())
                .isEqualTo(house.on(services -> services.get(Quotas.class)
                        .account(house.account())
                        .orElseThrow()
                        .octets()))
                .isPositive();
        assertThat(octets.get("hardLimit").longValue()).isEqualTo(1_000_000);
        assertThat(octets.get("scope").textValue()).isEqualTo("account");
        assertThat(JmapHouse.texts(octets.get("types"))).containsExactly("Email");
        assertThat(octets.get("softLimit").isNull()).isTrue();
        assertThat(list.get(1).get("resourceType").textValue()).isEqualTo("count");
        assertThat(list.get(1).get("used").longValue()).isEqualTo(1);
    }

    @Test
    void theDomainsRoomIsTheLimitWhereItIsLess() {
        limit(-1, 10);
        house.bobsMail(JmapHouse.message("bob's"));
        house.mail(JmapHouse.message("ana's"));
        house.on(services -> services.get(Quotas.class).limitDomain("example.org", limits(-1, 5)));
        assertThat(get().at("/list/0/hardLimit").longValue()).isEqualTo(4); // one of ana's, three that are left
        assertThat(get().at("/list/0/used").longValue()).isEqualTo(1);
    }

    @Test
    void withoutTheMailCapabilityNothingIsCounted() { // RFC 9425 §4.1
        limit(1000, 10);
        assertThat(call("Quota/get", "", "only quota").get("list").isEmpty()).isTrue();
    }

    @Test
    void aStateChangesWhenTheUseOrALimitDoes() {
        limit(1_000_000, 10);
        var first = state();
        assertThat(state()).isEqualTo(first);
        house.mail(JmapHouse.message("one"));
        var second = state();
        assertThat(second).isNotEqualTo(first);
        limit(1_000_000, 20);
        assertThat(state()).isNotEqualTo(second);
    }

    @Test
    void changesSayWhetherOnlyTheUseIsNew() {
        limit(1_000_000, 10);
        var since = state();
        assertThat(changes(since, "").get("updated").isEmpty()).isTrue();
        assertThat(changes(since, "").get("newState").textValue()).isEqualTo(since);
        house.mail(JmapHouse.message("one"));
        var delta = changes(since, "");
        assertThat(JmapHouse.texts(delta.get("updated"))).containsExactly("octets", "count");
        assertThat(JmapHouse.texts(delta.get("updatedProperties"))).containsExactly("used");
        assertThat(delta.get("newState").textValue()).isEqualTo(state());
        limit(-1, 20);
        var more = changes(since, "");
        assertThat(JmapHouse.texts(more.get("destroyed"))).containsExactly("octets");
        assertThat(JmapHouse.texts(more.get("updated"))).containsExactly("count");
        assertThat(more.get("updatedProperties").isNull()).isTrue();
        var before = state();
        limit(7, 20);
        assertThat(JmapHouse.texts(changes(before, "").get("created"))).containsExactly("octets");
    }

    @Test
    void changesComeInPagesThatEnd() {
        limit(1_000_000, 10);
        var since = state();
        house.mail(JmapHouse.message("one"));
        var first = changes(since, ",'maxChanges':1");
        assertThat(JmapHouse.texts(first.get("updated"))).containsExactly("octets");
        assertThat(first.get("hasMoreChanges").booleanValue()).isTrue();
        var second = changes(first.get("newState").textValue(), ",'maxChanges':1");
        assertThat(JmapHouse.texts(second.get("updated"))).containsExactly("count");
        assertThat(second.get("hasMoreChanges").booleanValue()).isFalse();
        assertThat(second.get("newState").textValue()).isEqualTo(state());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "octets",
                "octets.1",
                "octets.01.2",
                "count.1.2_octets.1.2_",
                "count.1.2_count.1.2",
                "octets.99999999999999999.1"
            })
    void statesThatNobodyGaveAreUnknown(String state) {
        assertThat(changes(state, "").get("type").textValue()).isEqualTo("cannotCalculateChanges");
    }

    @Test
    void quotasAreSearchedAndSorted() {
        limit(1_000_000, 10);
        house.mail(JmapHouse.message("one"));
        assertThat(ids("")).containsExactly("octets", "count");
        assertThat(ids(",'sort':[{'property':'used'}]")).containsExactly("count", "octets");
        assertThat(ids(",'sort':[{'property':'name','isAscending':false}]")).containsExactly("octets", "count");
        assertThat(ids(",'filter':{'name':'ess'}")).containsExactly("count");
        assertThat(ids(",'filter':{'resourceType':'octets','scope':'account','type':'Email'}"))
                .containsExactly("octets");
        assertThat(ids(",'filter':{'operator':'NOT','conditions':[{'resourceType':'octets'}]}"))
                .containsExactly("count");
        assertThat(ids(",'filter':{'scope':'domain'}")).isEmpty();
        assertThat(call("Quota/query", ",'sort':[{'property':'id'}]")
                        .get("type")
                        .textValue())
                .isEqualTo("unsupportedSort");
    }

    @Test
    void aResultsChangesAreItsIds() {
        limit(-1, 10);
        var query = call("Quota/query", "");
        assertThat(query.get("canCalculateChanges").booleanValue()).isTrue();
        var state = query.get("queryState").textValue();
        assertThat(call("Quota/queryChanges", ",'sinceQueryState':'" + state + "'")
                        .get("added")
                        .isEmpty())
                .isTrue();
        limit(1000, 10);
        var changes = call("Quota/queryChanges", ",'sinceQueryState':'" + state + "'");
        assertThat(JmapHouse.texts(changes.get("removed"))).contains("count");
        assertThat(changes.get("added").toString())
                .isEqualTo("[{\"id\":\"octets\",\"index\":0},{\"id\":\"count\",\"index\":1}]");
        assertThat(call("Quota/queryChanges", ",'sinceQueryState':'77'")
                        .get("type")
                        .textValue())
                .isEqualTo("cannotCalculateChanges");
    }

    private List<String> ids(String arguments) {
        return JmapHouse.texts(call("Quota/query", arguments).get("ids"));
    }
}
