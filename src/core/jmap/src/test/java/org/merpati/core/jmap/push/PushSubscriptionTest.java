package org.merpati.core.jmap.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.jmap.JmapHouse;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.PushSubscriptions;

/** RFC 8620 §7.2, what clients see of it; the house sends nothing. */
class PushSubscriptionTest {
    private static final String KEYS = "'keys':{'p256dh':"
            + "'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',"
            + "'auth':'BTBZMqHH6r4Tts7J_aSIgg'}";
    private static final String DEVICE = "'deviceClientId':'a889-ffea-910','url':'https://push.example.net/x?y=z'";

    private final JmapHouse house = JmapHouse.HOUSE;

    @BeforeEach
    void empty() {
        house.empty();
    }

    private JsonNode call(String method, String arguments) {
        return call(method, arguments, house.caller());
    }

    private JsonNode call(String method, String arguments, Principal caller) {
        return house.answer(
                        "{'using':['urn:ietf:params:jmap:core'],'methodCalls':[['PushSubscription/" + method + "',{"
                                + arguments + "},'c']]}",
                        caller)
                .at("/methodResponses/0/1");
    }

    private JsonNode create(String object) {
        return call("set", "'create':{'x':{" + object + "}}");
    }

    private String created(String object) {
        return create(object).at("/created/x/id").textValue();
    }

    private PushSubscriptions.Subscription stored(String id) {
        return house.on(services -> services.get(PushSubscriptions.class)
                .find(IdKind.PUSH_SUBSCRIPTION.parse(id).orElseThrow())
                .orElseThrow());
    }

    private JsonNode update(String id, String patch) {
        return call("set", "'update':{'" + id + "':{" + patch + "}}");
    }

    @Test
    void aSubscriptionLastsSevenDaysAndItsSecretsAreNeverShown() {
        var answer = create(DEVICE + "," + KEYS);
        var made = answer.at("/created/x");
        assertThat(made.get("expires").textValue()).isEqualTo("2026-11-29T10:11:12Z");
        assertThat(made.get("types").isNull()).isTrue();
        assertThat(answer.has("accountId") || answer.has("oldState") || answer.has("newState"))
                .isFalse();
        var got = call("get", "");
        assertThat(got.has("accountId") || got.has("state")).isFalse();
        assertThat(got.get("list").size()).isEqualTo(1);
        var shown = got.at("/list/0");
        assertThat(shown.get("id")).isEqualTo(made.get("id"));
        assertThat(shown.get("deviceClientId").textValue()).isEqualTo("a889-ffea-910");
        assertThat(shown.get("verificationCode").isNull()).isTrue();
        assertThat(shown.has("url") || shown.has("keys")).isFalse();
        assertThat(call("get", "'properties':['url']").get("type").textValue()).isEqualTo("forbidden");
        assertThat(call("get", "'properties':['keys']").get("type").textValue()).isEqualTo("forbidden");
        assertThat(call("get", "'properties':['foo']").get("type").textValue()).isEqualTo("invalidArguments");
        var some = call("get", "'ids':['" + made.get("id").textValue() + "','pzzz'],'properties':['types']");
        assertThat(some.at("/list/0").size()).isEqualTo(2);
        assertThat(JmapHouse.texts(some.get("notFound"))).containsExactly("pzzz");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'url':'https://a.example/' | deviceClientId",
                "'deviceClientId':'','url':'https://a.example/' | deviceClientId",
                "'deviceClientId':'d' | url",
                "'deviceClientId':'d','url':'http://a.example/' | url",
                "'deviceClientId':'d','url':'https:///x' | url",
                "'deviceClientId':'d','url':'https://u:p@a.example/' | url",
                "'deviceClientId':'d','url':'https://a.example/#x' | url",
                "'deviceClientId':'d','url':'https://a.example/\\nx' | url",
                "'deviceClientId':'d','url':'https://a.example/','keys':{} | keys",
                "'deviceClientId':'d','url':'https://a.example/','keys':{'p256dh':'AAAA','auth':'BTBZMqHH6r4Tts7J_aSIgg'} | keys",
                "'deviceClientId':'d','url':'https://a.example/','verificationCode':'x' | verificationCode",
                "'deviceClientId':'d','url':'https://a.example/','expires':'yesterday' | expires",
                "'deviceClientId':'d','url':'https://a.example/','expires':'2020-01-01T00:00:00Z' | expires",
                "'deviceClientId':'d','url':'https://a.example/','types':['a b'] | types",
                "'deviceClientId':'d','url':'https://a.example/','types':'Email' | types",
                "'deviceClientId':'d','url':'https://a.example/','foo':1 | foo",
                "'deviceClientId':'d','url':'https://a.example/','id':'x' | id"
            })
    void whatIsNoSubscriptionIsNotMade(String object, String property) {
        var error = create(object).at("/notCreated/x");
        assertThat(error.get("type").textValue()).isEqualTo("invalidProperties");
        assertThat(JmapHouse.texts(error.get("properties"))).containsExactly(property);
    }

    @Test
    void theClientMayAskForLessTimeAndGetsNoMore() {
        assertThat(create(DEVICE + ",'expires':'2026-11-23T00:00:00Z'")
                        .at("/created/x/expires")
                        .textValue())
                .isEqualTo("2026-11-23T00:00:00Z");
        var id = created(DEVICE + ",'expires':'2030-01-01T00:00:00Z'");
        assertThat(call("get", "'ids':['" + id + "']").at("/list/0/expires").textValue())
                .isEqualTo("2026-11-29T10:11:12Z");
        assertThat(update(id, "'expires':'2026-11-24T00:00:00Z'")
                        .at("/updated/" + id)
                        .isNull())
                .isTrue();
        assertThat(update(id, "'expires':null")
                        .at("/updated/" + id + "/expires")
                        .textValue())
                .isEqualTo("2026-11-29T10:11:12Z");
    }

    @Test
    void onlyTheCodeThatWasSentVerifies() {
        var id = created(DEVICE);
        var code = stored(id).code();
        assertThat(code).hasSize(32);
        var wrong = update(id, "'verificationCode':'" + "0".repeat(32) + "'").at("/notUpdated/" + id);
        assertThat(wrong.get("type").textValue()).isEqualTo("invalidProperties");
        assertThat(update(id, "'verificationCode':null").at("/notUpdated/" + id).isObject())
                .isTrue();
        assertThat(stored(id).verified()).isFalse();
        assertThat(update(id, "'verificationCode':'" + code + "'")
                        .get("updated")
                        .has(id))
                .isTrue();
        assertThat(stored(id).verified()).isTrue();
        assertThat(call("get", "").at("/list/0/verificationCode").textValue()).isEqualTo(code);
    }

    @Test
    void addressAndKeysNeverChange() {
        var id = created(DEVICE);
        for (var property : new String[] {"url", "keys", "deviceClientId", "id", "foo"}) {
            var error = update(id, "'" + property + "':'x'").at("/notUpdated/" + id);
            assertThat(JmapHouse.texts(error.get("properties"))).containsExactly(property);
        }
        assertThat(update(id, "'types':['Email']").get("updated").has(id)).isTrue();
        assertThat(JmapHouse.texts(call("get", "").at("/list/0/types"))).containsExactly("Email");
    }

    @Test
    void aDestroyedOneIsGone() {
        var id = created(DEVICE);
        var answer = call("set", "'destroy':['" + id + "','pzzz','x']");
        assertThat(JmapHouse.texts(answer.get("destroyed"))).containsExactly(id);
        assertThat(answer.get("notDestroyed").size()).isEqualTo(2);
        assertThat(call("get", "").get("list").isEmpty()).isTrue();
    }

    @Test
    void fifteenAreEnough() {
        var ids = new HashSet<String>();
        for (int i = 0; i < PushSubscriptions.MOST; i++) {
            ids.add(created(DEVICE));
        }
        assertThat(ids).hasSize(15);
        assertThat(create(DEVICE).at("/notCreated/x/type").textValue()).isEqualTo("overQuota");
    }

    @Test
    void othersSubscriptionsAreNotFound() {
        var id = created(DEVICE);
        var bob = new Principal.User(house.bobsAccount(), new EmailAddress("bob", "example.org"));
        assertThat(call("get", "", bob).get("list").isEmpty()).isTrue();
        var answer = call("set", "'update':{'" + id + "':{'types':null}},'destroy':['" + id + "']", bob);
        assertThat(answer.at("/notUpdated/" + id + "/type").textValue()).isEqualTo("notFound");
        assertThat(answer.at("/notDestroyed/" + id + "/type").textValue()).isEqualTo("notFound");
        var administrator = new Principal.Administrator("admin");
        assertThat(call("get", "", administrator).get("list").isEmpty()).isTrue();
        assertThat(call("set", "'create':{'x':{" + DEVICE + "}}", administrator)
                        .at("/notCreated/x/type")
                        .textValue())
                .isEqualTo("forbidden");
    }

    @Test
    void aNewPasswordEndsThemAsTheAccountsEndDoes() { // RFC 8620 §7.2
        created(DEVICE);
        house.on(services -> services.get(Accounts.class)
                .setPassword(
                        new EmailAddress("ana", "example.org"),
                        services.get(Accounts.class).password(house.account()).orElseThrow()));
        assertThat(call("get", "").get("list").isEmpty()).isTrue();
        var id = created(DEVICE);
        var number = IdKind.PUSH_SUBSCRIPTION.parse(id).orElseThrow();
        house.empty();
        boolean there = house.on(
                services -> services.get(PushSubscriptions.class).find(number).isPresent());
        assertThat(there).isFalse();
    }
}
