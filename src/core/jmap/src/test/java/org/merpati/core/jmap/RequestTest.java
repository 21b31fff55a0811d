package org.merpati.core.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.merpati.core.jmap.JmapHouse.JSON;
import static org.merpati.core.jmap.JmapHouse.message;
import static org.merpati.core.jmap.JmapHouse.texts;

import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.mail.IdKind;
import org.merpati.lib.jmap.RequestException;

/** RFC 8620 §2, §3, §5.1: requests, references, created ids, errors. */
class RequestTest {
    private static final String USING = "'using':['urn:ietf:params:jmap:core','urn:ietf:params:jmap:mail']";

    private final JmapHouse house = JmapHouse.HOUSE;

    @BeforeEach
    void noMail() {
        house.empty();
    }

    private RequestException refused(String request) {
        return catchThrowableOfType(
                RequestException.class, () -> house.bytes(request.replace('\'', '"'), house.caller()));
    }

    @Test
    void echoGivesBackItsArguments() throws Exception {
        var answer = house.answer("{" + USING + ",'methodCalls':[['Core/echo',{'hello':true,'high':5},'b3ff']]}");
        assertThat(answer.at("/methodResponses/0"))
                .isEqualTo(JSON.readTree("[\"Core/echo\",{\"hello\":true,\"high\":5},\"b3ff\"]"));
        assertThat(answer.get("sessionState").textValue())
                .isEqualTo(house.api().session(house.caller(), JmapHouse.BASE).state());
        assertThat(answer.has("createdIds")).isFalse();
    }

    @Test
    void aReferenceMayGoThroughAListOfObjects() {
        var first = house.mail(message("One"));
        house.mail(message("Two"));
        var answers = house.run("['Email/query',{'accountId':'$','sort':[{'property':'size'}]},'q'],"
                + "['Email/get',{'accountId':'$','#ids':{'resultOf':'q','name':'Email/query','path':'/ids'},"
                + "'properties':['threadId']},'g'],"
                + "['Thread/get',{'accountId':'$','#ids':{'resultOf':'g','name':'Email/get',"
                + "'path':'/list/*/threadId'}},'t'],"
                + "['Email/get',{'accountId':'$','#ids':{'resultOf':'t','name':'Thread/get',"
                + "'path':'/list/*/emailIds'},'properties':['subject']},'e']");
        assertThat(answers.at("/3/1/list")).hasSize(2);
        assertThat(answers.at("/3/1/list").findValuesAsText("id")).contains(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'resultOf':'x','name':'Core/echo','path':'/a'}",
                "{'resultOf':'a','name':'Email/get','path':'/a'}",
                "{'resultOf':'a','name':'Core/echo','path':'/b'}",
                "{'resultOf':'a','name':'Core/echo','path':'/a/0'}",
                "{'resultOf':'a','name':'Core/echo','path':'a'}"
            })
    void aReferenceThatLeadsNowhereFailsItsCallAlone(String reference) {
        var answers = house.run(
                "['Core/echo',{'a':'x'},'a'],['Core/echo',{'#b':" + reference + "},'b'],['Core/echo',{},'c']");
        assertThat(answers.at("/1/0").textValue()).isEqualTo("error");
        assertThat(answers.at("/1/1/type").textValue()).isEqualTo("invalidResultReference");
        assertThat(answers.at("/2/0").textValue()).isEqualTo("Core/echo");
    }

    /** RFC 8620 §5.3: across methods and types. */
    @Test
    void whatWasCreatedIsKnownByItsCreationId() {
        var answers = house.run("['Mailbox/set',{'accountId':'$','create':{'box':{'name':'New'}}},'m'],"
                + "['Email/set',{'accountId':'$','create':{'mail':{'mailboxIds':{'#box':true},'subject':'Hi'}}},'e'],"
                + "['Email/set',{'accountId':'$','update':{'#mail':{'keywords/$seen':true}}},'u'],"
                + "['Email/query',{'accountId':'$','filter':{'inMailbox':'#box','hasKeyword':'$seen'}},'q'],"
                + "['Email/set',{'accountId':'$','destroy':['#mail']},'d']");
        var id = answers.at("/1/1/created/mail/id").textValue();
        assertThat(answers.at("/2/1/updated").has(id)).isTrue();
        assertThat(texts(answers.at("/3/1/ids"))).containsExactly(id);
        assertThat(texts(answers.at("/4/1/destroyed"))).containsExactly(id);
    }

    @Test
    void whatWasCreatedIsGottenByItsCreationId() {
        var answers = house.run("['Mailbox/set',{'accountId':'$','create':{'box':{'name':'New'}}},'m'],"
                + "['Mailbox/get',{'accountId':'$','ids':['#box','#never'],'properties':['name']},'g']");
        assertThat(answers.at("/1/1/list/0/id")).isEqualTo(answers.at("/0/1/created/box/id"));
        assertThat(texts(answers.at("/1/1/notFound"))).containsExactly("#never");
    }

    /** RFC 8620 §5.3: all parts before the last must be there. */
    @Test
    void aPathThroughAnUnknownPropertyIsNoPatch() {
        var inbox = house.mailboxNamed("INBOX");
        var answer = house.call("Mailbox/set", "'update':{'" + inbox + "':{'nothing/deeper':1}}");
        assertThat(answer.at("/notUpdated/" + inbox + "/type").textValue()).isEqualTo("invalidPatch");
        var mail = house.mail(message("Path"));
        for (var path : new String[] {"nothing/deeper", "from/0", "subject/x"}) {
            var refused = house.call("Email/set", "'update':{'" + mail + "':{'" + path + "':1}}");
            assertThat(refused.at("/notUpdated/" + mail + "/type").textValue())
                    .as(path)
                    .isEqualTo("invalidPatch");
        }
    }

    /** RFC 8620 §3.3, §3.4. */
    @Test
    void createdIdsComeInAndGoOut() {
        var inbox = house.mailboxNamed("INBOX");
        var answer = house.answer("{" + USING + ",'createdIds':{'in':'" + inbox + "'},'methodCalls':["
                + "['Email/set',{'accountId':'" + house.ana()
                + "','create':{'mail':{'mailboxIds':{'#in':true}}}},'e']]}");
        var made = answer.at("/methodResponses/0/1/created/mail/id").textValue();
        assertThat(answer.at("/createdIds/in").textValue()).isEqualTo(inbox);
        assertThat(answer.at("/createdIds/mail").textValue()).isEqualTo(made);
    }

    @Test
    void aMethodNeedsItsCapability() {
        var answer = house.answer("{'using':['urn:ietf:params:jmap:mail'],'methodCalls':[['Core/echo',{},'c']]}");
        assertThat(answer.at("/methodResponses/0/1/type").textValue()).isEqualTo("unknownMethod");
    }

    @Test
    void anUnknownCapabilityRefusesTheRequest() {
        assertThat(refused("{'using':['urn:x'],'methodCalls':[]}").error().type())
                .isEqualTo("unknownCapability");
    }

    @Test
    void seventeenCallsAreTooMany() {
        var calls = IntStream.range(0, 17).mapToObj(i -> "['Core/echo',{},'c']").collect(Collectors.joining(","));
        assertThat(refused("{" + USING + ",'methodCalls':[" + calls + "]}")
                        .error()
                        .toJson()
                        .get("limit")
                        .textValue())
                .isEqualTo("maxCallsInRequest");
    }

    @ParameterizedTest
    @CsvSource({
        "Email/get",
        "Email/changes",
        "Email/query",
        "Email/set",
        "Email/import",
        "Email/parse",
        "Mailbox/get",
        "Mailbox/set",
        "Thread/get",
        "SearchSnippet/get"
    })
    void anotherAccountIsNotFoundWhetherItExistsOrNot(String method) {
        for (var account : new String[] {house.bob(), IdKind.ACCOUNT.id(99_999), "A", "", "x"}) {
            var answer = house.run("['" + method + "',{'accountId':'" + account
                    + "','sinceState':'1','blobIds':[],'emailIds':[],'emails':{}},'c']");
            assertThat(answer.at("/0/1/type").textValue()).isEqualTo("accountNotFound");
        }
    }

    @Test
    void administratorsHaveNoAccount() {
        var admin = new Principal.Administrator("admin");
        var answer = house.answer(
                "{" + USING + ",'methodCalls':[['Email/get',{'accountId':'" + house.ana() + "','ids':[]},'c']]}",
                admin);
        assertThat(answer.at("/methodResponses/0/1/type").textValue()).isEqualTo("accountNotFound");
        assertThat(house.api().session(admin, JmapHouse.BASE).json().get("accounts"))
                .isEmpty();
    }

    @Test
    void forgedAndForeignIdsAreNotFoundAlike() {
        var foreign = house.bobsMail(message("Secret"));
        var ids = "['" + foreign + "','e1','','m2','" + IdKind.EMAIL.id(Long.MAX_VALUE) + "']";
        var get = house.call("Email/get", "'ids':" + ids);
        assertThat(get.get("list")).isEmpty();
        assertThat(get.get("notFound")).hasSize(5);
        var set = house.call("Email/set", "'destroy':" + ids + ",'update':{'" + foreign + "x':{}}");
        assertThat(set.get("destroyed").isNull()).isTrue();
        assertThat(set.get("notDestroyed").findValuesAsText("type")).hasSize(5).containsOnly("notFound");
    }

    @Test
    void aMillionIdsAreRefusedBeforeTheStoreIsAsked() {
        var ids = IntStream.range(0, 240_000).mapToObj(i -> "\"e" + i + "\"").collect(Collectors.joining(","));
        int before = house.calls();
        assertThat(house.error("Email/get", "'ids':[" + ids + "]")).isEqualTo("requestTooLarge");
        assertThat(house.error("Email/set", "'destroy':[" + ids + "]")).isEqualTo("requestTooLarge");
        assertThat(house.calls()).isEqualTo(before);
    }

    @Test
    void aHugePatchIsRefusedOrDoneInTime() {
        var email = house.mail(message("Hi"));
        var keywords = IntStream.range(0, 100_000)
                .mapToObj(i -> "'keywords/k" + i + "':true")
                .collect(Collectors.joining(","));
        var set = house.call("Email/set", "'update':{'" + email + "':{" + keywords + "}}");
        assertThat(set.at("/notUpdated/" + email + "/type").textValue()).isEqualTo("tooManyKeywords");
    }

    @Test
    void nestingOfAThousandIsNoRequest() {
        var text = "{\"using\":[],\"methodCalls\":" + "[".repeat(1000) + "]".repeat(1000) + "}";
        assertThat(refused(text).error().type()).isEqualTo("notJSON");
    }

    /** Filters in filters as deep as JSON may be. */
    @Test
    void aDeepFilterIsAnswered() {
        var filter = "{'operator':'NOT','conditions':[".repeat(40) + "{}" + "]}".repeat(40);
        assertThat(house.call("Email/query", "'filter':" + filter).get("ids")).isEmpty();
        var wide = IntStream.range(0, 1000).mapToObj(i -> "{}").collect(Collectors.joining(","));
        assertThat(house.error("Email/query", "'filter':{'operator':'AND','conditions':[" + wide + "]}"))
                .isEqualTo("unsupportedFilter");
    }

    /** What does not fit on the heap waits in the spool, and none of it is left there. */
    @Test
    void largeAnswersGoThroughTheSpool() {
        house.mail("Subject: Long\n\n" + "0123456789abcde\n".repeat(40_000));
        var id = texts(house.call("Email/query", "").get("ids")).getFirst();
        var get = house.call("Email/get", "'ids':['" + id + "'],'properties':['bodyValues'],'fetchAllBodyValues':true");
        assertThat(get.at("/list/0/bodyValues/1/value").textValue()).hasSize(640_000);
        assertThat(house.spool.open.get()).isZero();
    }

    @Test
    void theSessionsStateChangesWithTheSessionOnly() {
        var state = house.api().session(house.caller(), JmapHouse.BASE).state();
        assertThat(house.api().session(house.caller(), JmapHouse.BASE).state()).isEqualTo(state);
        assertThat(house.api()
                        .session(house.caller(), URI.create("https://other.example"))
                        .state())
                .isNotEqualTo(state);
    }

    @Test
    void theSessionNamesEverythingTheRfcWants() {
        var session = house.api().session(house.caller(), JmapHouse.BASE).json();
        var core = session.at("/capabilities/urn:ietf:params:jmap:core");
        assertThat(core.get("maxSizeUpload").longValue()).isEqualTo(50_000_000);
        assertThat(core.get("maxSizeRequest").longValue()).isEqualTo(10_000_000);
        assertThat(core.get("maxObjectsInSet").intValue()).isEqualTo(500);
        assertThat(texts(core.get("collationAlgorithms"))).contains("i;unicode-casemap");
        var mail = session.at("/accounts/" + house.ana() + "/accountCapabilities/urn:ietf:params:jmap:mail");
        assertThat(mail.get("mayCreateTopLevelMailbox").booleanValue()).isTrue();
        assertThat(texts(mail.get("emailQuerySortOptions"))).contains("receivedAt", "someInThreadHaveKeyword");
        assertThat(session.at("/primaryAccounts/urn:ietf:params:jmap:mail").textValue())
                .isEqualTo(house.ana());
        assertThat(session.get("apiUrl").textValue()).isEqualTo("https://mail.example.org/jmap/api");
        assertThat(session.get("uploadUrl").textValue()).contains("{accountId}");
        assertThat(session.get("downloadUrl").textValue()).contains("{accountId}", "{blobId}", "{name}", "{type}");
    }
}
