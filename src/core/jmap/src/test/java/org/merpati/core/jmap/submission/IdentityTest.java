package org.merpati.core.jmap.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.core.jmap.JmapHouse.json;
import static org.merpati.core.jmap.JmapHouse.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.jmap.JmapHouse;
import org.merpati.core.store.Addresses;

/** RFC 8621 §6. */
class IdentityTest {
    private static final EmailAddress ANA = new EmailAddress("ana", "example.org");

    private final JmapHouse house = JmapHouse.HOUSE;

    @BeforeEach
    void noIdentities() {
        house.empty();
    }

    private JsonNode all() {
        return house.call("Identity/get", "'ids':null").get("list");
    }

    private JsonNode get(String id) {
        return house.call("Identity/get", "'ids':['" + id + "']").at("/list/0");
    }

    private JsonNode create(String properties) {
        return house.call("Identity/set", "'create':{'n':{" + properties + "}}");
    }

    private String made(String properties) {
        return create(properties).at("/created/n/id").textValue();
    }

    private JsonNode update(String id, String patch) {
        return house.call("Identity/set", "'update':{'" + id + "':{" + patch + "}}");
    }

    /** RFC 8621 §6: mayDelete false for the user's own address. */
    @Test
    void everybodyHasOneOfTheirOwnAddress() {
        assertThat(all()).hasSize(1);
        assertThat(all().get(0)).isEqualTo(json("""
                {'id':'ia','name':'','email':'ana@example.org','replyTo':null,'bcc':null,'textSignature':'',
                 'htmlSignature':'','mayDelete':false}"""));
    }

    @Test
    void theOwnOneCanBeChangedAndNotDestroyed() {
        assertThat(update("ia", "'name':'Ana','textSignature':'-- \\nAna'")
                        .at("/updated/ia")
                        .isNull())
                .isTrue();
        assertThat(get("ia").get("name").textValue()).isEqualTo("Ana");
        assertThat(get("ia").get("textSignature").textValue()).isEqualTo("-- \nAna");
        assertThat(get("ia").get("email").textValue()).isEqualTo("ana@example.org");
        assertThat(house.call("Identity/set", "'destroy':['ia']")
                        .at("/notDestroyed/ia/type")
                        .textValue())
                .isEqualTo("forbidden");
    }

    @Test
    void oneIsMadeWithAllProperties() {
        var id = made("'name':'Änn','email':'Ana@example.org','replyTo':[{'name':'A','email':'a@example.net'}],"
                + "'bcc':[{'email':'b@example.net'}],'textSignature':'t','htmlSignature':'<b>h</b>'");
        assertThat(get(id)).isEqualTo(json("""
                {'id':'%s','name':'Änn','email':'ana@example.org','replyTo':[{'name':'A','email':'a@example.net'}],
                 'bcc':[{'name':null,'email':'b@example.net'}],'textSignature':'t','htmlSignature':'<b>h</b>',
                 'mayDelete':true}""".formatted(id)));
    }

    @Test
    void whatWasLeftOutIsToldToItsCreator() {
        var made = create("'email':'ana@example.org'").at("/created/n");
        assertThat(made.get("mayDelete").booleanValue()).isTrue();
        assertThat(made.get("name").textValue()).isEmpty();
        assertThat(made.get("replyTo").isNull()).isTrue();
        assertThat(made.has("email")).isFalse();
    }

    /** RFC 8621 §6: several may have the same address. */
    @Test
    void anAliasMayBeTheAddressAndTwoMayHaveTheSame() {
        var alias = new EmailAddress("a.n.a", "example.org");
        house.on(services -> services.get(Addresses.class).addAlias(alias, ANA));
        assertThat(made("'email':'a.n.a@example.org'")).startsWith("i");
        assertThat(made("'email':'a.n.a@example.org'")).startsWith("i");
        assertThat(all()).hasSize(3);
        house.on(services -> services.get(Addresses.class).removeAlias(alias));
    }

    /** RFC 8621 §6.3; whole domains are nobody's here. */
    @ParameterizedTest
    @ValueSource(strings = {"bob@example.org", "ana@example.net", "*@example.org", "nobody@example.org"})
    void anAddressOfSomebodyElseIsForbidden(String email) {
        assertThat(create("'email':'" + email + "'").at("/notCreated/n/type").textValue())
                .isEqualTo("forbiddenFrom");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "name|'name':7",
                "name|'name':'a\\nb'",
                "name|'name':null",
                "email|'email':'ana'",
                "email|'email':null",
                "email|'name':'Ana'",
                "replyTo|'replyTo':'a@example.net'",
                "replyTo|'replyTo':[{'email':''}]",
                "replyTo|'replyTo':[{'name':'A'}]",
                "bcc|'bcc':[{'email':'a@example.net','x':1}]",
                "bcc|'bcc':[{'email':'a\\r\\nTo: b'}]",
                "textSignature|'textSignature':'\\u0000'",
                "htmlSignature|'htmlSignature':false",
                "mayDelete|'mayDelete':true",
                "id|'id':'i7'",
                "colour|'colour':'red'"
            })
    void whatIsNoSuchPropertyIsRefusedByItsName(String property, String given) {
        var email = given.startsWith("'email'") || given.equals("'name':'Ana'") ? "" : ",'email':'ana@example.org'";
        var error = create(given + email).at("/notCreated/n");
        assertThat(error.get("type").textValue()).isEqualTo("invalidProperties");
        assertThat(texts(error.get("properties"))).containsExactly(property);
    }

    @Test
    void aSignatureHasALimit() {
        var longest = "x".repeat(65_536);
        assertThat(get(made("'email':'ana@example.org','htmlSignature':'" + longest + "'"))
                        .get("htmlSignature")
                        .textValue())
                .hasSize(65_536);
        assertThat(texts(create("'email':'ana@example.org','htmlSignature':'" + longest + "x'")
                        .at("/notCreated/n/properties")))
                .containsExactly("htmlSignature");
    }

    @Test
    void theAddressNeverChangesAndAllElseDoes() {
        var id = made("'email':'ana@example.org','name':'A','bcc':[{'name':null,'email':'b@example.net'}]");
        assertThat(texts(update(id, "'email':'bob@example.org'").at("/notUpdated/" + id + "/properties")))
                .containsExactly("email");
        assertThat(texts(update(id, "'mayDelete':false").at("/notUpdated/" + id + "/properties")))
                .containsExactly("mayDelete");
        assertThat(update(id, "'email':'ana@example.org','name':'B'")
                        .get("updated")
                        .has(id))
                .isTrue();
        assertThat(update(id, "'bcc':null,'name':null,'replyTo':[]")
                        .get("updated")
                        .has(id))
                .isTrue();
        assertThat(get(id).get("bcc").isNull()).isTrue();
        assertThat(get(id).get("name").textValue()).isEmpty();
        assertThat(get(id).get("replyTo")).isEmpty();
        assertThat(update("ix7", "'name':'B'").at("/notUpdated/ix7/type").textValue())
                .isEqualTo("notFound");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        var answer = house.call("Identity/get", "'ids':['ia','ib','nonsense','ma']");
        assertThat(answer.get("list")).hasSize(1);
        assertThat(texts(answer.get("notFound"))).containsExactly("ib", "nonsense", "ma");
        assertThat(house.call("Identity/set", "'destroy':['ib']")
                        .at("/notDestroyed/ib/type")
                        .textValue())
                .isEqualTo("notFound");
    }

    @Test
    void onlyWhatIsAskedForIsTold() {
        assertThat(house.call("Identity/get", "'ids':null,'properties':['email']")
                        .at("/list/0"))
                .isEqualTo(json("{'id':'ia','email':'ana@example.org'}"));
        assertThat(house.error("Identity/get", "'ids':null,'properties':['colour']"))
                .isEqualTo("invalidArguments");
    }

    /** RFC 8621 §6.2. */
    @Test
    void changesTellWhatWasMadeChangedAndDestroyed() {
        var gone = made("'email':'ana@example.org'");
        var state = house.call("Identity/get", "'ids':[]").get("state").textValue();
        var id = made("'email':'ana@example.org'");
        update("ia", "'name':'Ana'");
        house.call("Identity/set", "'destroy':['" + gone + "']");
        var changes = house.call("Identity/changes", "'sinceState':'" + state + "'");
        assertThat(texts(changes.get("created"))).containsExactly(id);
        assertThat(texts(changes.get("updated"))).containsExactly("ia");
        assertThat(texts(changes.get("destroyed"))).containsExactly(gone);
        var after = house.call(
                "Identity/changes", "'sinceState':'" + changes.get("newState").textValue() + "'");
        assertThat(after.get("updated")).isEmpty();
        assertThat(after.get("hasMoreChanges").booleanValue()).isFalse();
    }

    /** RFC 8620 §7.1; mail that comes is no news of them. */
    @Test
    void whoListensIsToldOfChangesAndOfNothingElse() {
        try (var feed = house.api()
                .feed(house.caller(), Optional.of(Set.of("Identity", "EmailSubmission")), Optional.empty())
                .orElseThrow()) {
            house.mail(JmapHouse.message("Hi"));
            assertThat(feed.next()).isEmpty();
            update("ia", "'name':'Ana'");
            assertThat(feed.next().orElseThrow().changed()).containsOnlyKeys("Identity");
            var known = feed.state();
            house.mail(JmapHouse.message("Ho"));
            try (var again = house.api()
                    .feed(house.caller(), Optional.of(Set.of("Identity")), Optional.of(known))
                    .orElseThrow()) {
                assertThat(again.next()).isEmpty();
            }
        }
    }

    @Test
    void ifInStateIsObeyed() {
        var state = house.call("Identity/get", "'ids':[]").get("state").textValue();
        update("ia", "'name':'Ana'");
        assertThat(house.error("Identity/set", "'ifInState':'" + state + "','update':{'ia':{'name':'B'}}"))
                .isEqualTo("stateMismatch");
        var now = house.call("Identity/get", "'ids':[]").get("state").textValue();
        var set = house.call(
                "Identity/set",
                "'ifInState':'" + now + "','create':{'a':{'email':'ana@example.org'},'b':{'email':'ana@example.org'}}");
        assertThat(set.get("created")).hasSize(2);
        assertThat(all()).hasSize(3);
    }

    @Test
    void twentyAreEnough() {
        for (int i = 1; i < 20; i++) {
            assertThat(made("'email':'ana@example.org'")).isNotNull();
        }
        assertThat(create("'email':'ana@example.org'").at("/notCreated/n/type").textValue())
                .isEqualTo("overQuota");
    }

    @Test
    void theMethodsNeedTheirCapability() {
        var answer = house.answer("{'using':['urn:ietf:params:jmap:core','urn:ietf:params:jmap:mail'],"
                + "'methodCalls':[['Identity/get',{'accountId':'" + house.ana() + "','ids':null},'c']]}");
        assertThat(answer.at("/methodResponses/0/1/type").textValue()).isEqualTo("unknownMethod");
    }

    @Test
    void nobodySeesThoseOfOthers() {
        var answer = house.run("['Identity/get',{'accountId':'" + house.bob() + "','ids':null},'c']");
        assertThat(answer.at("/0/1/type").textValue()).isEqualTo("accountNotFound");
    }
}
