package org.merpati.check.conformance.jmap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

/** A request as a whole (RFC 8620 §3, §4). */
final class RequestRules extends Rules {
    private static final String ECHO = "'methodCalls':[['Core/echo',{'a':1},'c']]";
    private static final String USING = "'using':['urn:ietf:params:jmap:core']";

    RequestRules(Jmap jmap) {
        super(jmap);
    }

    private static JsonNode problem(HttpResponse<byte[]> answer, String type) throws IOException {
        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        var problem = Jmap.JSON.readTree(answer.body());
        assertThat(problem.path("type").asText()).isEqualTo("urn:ietf:params:jmap:error:" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
        return problem;
    }

    @Rule("RFC 8620 §3.1")
    void aResponseIsJson() throws IOException {
        var answer = jmap.request("{" + USING + "," + ECHO + "}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(Jmap.json(answer).path("methodResponses").isArray()).isTrue();
    }

    @Rule({"RFC 8620 §3.1", "RFC 8620 §3.6.1"})
    void anotherTypeThanJsonIsRefused() throws IOException {
        problem(
                jmap.post(
                        "text/plain", Call.fill("{" + USING + "," + ECHO + "}").getBytes(UTF_8)),
                "notJSON");
    }

    @Rule("RFC 8620 §3.1")
    void aCharsetBehindTheTypeIsTaken() throws IOException {
        var body = Call.fill("{" + USING + "," + ECHO + "}").getBytes(UTF_8);
        assertThat(jmap.post("application/json; charset=utf-8", body).statusCode())
                .isEqualTo(200);
    }

    @Rule({"RFC 8620 §1.5", "RFC 8620 §3.6.1"})
    void whatIsNotJsonIsRefused() throws IOException {
        problem(jmap.post("application/json", new byte[0]), "notJSON");
        problem(jmap.request("{" + USING), "notJSON");
        problem(jmap.request("{" + USING + "," + ECHO + "} and more"), "notJSON");
    }

    @Rule({"RFC 8620 §1.5", "RFC 8620 §3.6.1"})
    void twoMembersOfOneNameAreRefused() throws IOException {
        problem(jmap.request("{" + USING + ",'methodCalls':[['Core/echo',{'a':1,'a':2},'c']]}"), "notJSON");
    }

    @Rule({"RFC 8620 §1.5", "RFC 8620 §3.6.1"})
    void octetsThatAreNotUtf8AreRefused() throws IOException {
        var body = Call.fill("{" + USING + ",'methodCalls':[['Core/echo',{'a':'\u00e9'},'c']]}")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        problem(jmap.post("application/json", body), "notJSON");
    }

    @Rule("RFC 8620 §3.6.1")
    void whatIsNoRequestIsRefused() throws IOException {
        for (var request : List.of(
                "[]",
                "{}",
                "{" + ECHO + "}",
                "{" + USING + "}",
                "{" + USING + ",'methodCalls':{}}",
                "{" + USING + ",'methodCalls':[['Core/echo',{}]]}",
                "{" + USING + ",'methodCalls':[['Core/echo',[],'c']]}",
                "{" + USING + ",'methodCalls':[[1,{},'c']]}",
                "{'using':[1]," + ECHO + "}",
                "{" + USING + "," + ECHO + ",'createdIds':{'a':1}}")) {
            problem(jmap.request(request), "notRequest");
        }
    }

    @Rule("RFC 8620 §3.6.1")
    void anUnknownCapabilityIsRefused() throws IOException {
        problem(jmap.request("{'using':['https://example.com/nothing']," + ECHO + "}"), "unknownCapability");
    }

    @Rule("RFC 8620 §3.6.1")
    void tooManyCallsAreRefusedByTheLimitsName() throws IOException {
        int limit = jmap.core().path("maxCallsInRequest").asInt();
        var calls = "['Core/echo',{},'c'],".repeat(limit) + "['Core/echo',{},'c']";
        var problem = problem(jmap.request("{" + USING + ",'methodCalls':[" + calls + "]}"), "limit");
        assertThat(problem.path("limit").asText()).isEqualTo("maxCallsInRequest");
    }

    @Rule({"RFC 8620 §3.6.1", "RFC 8620 §8.5"})
    void tooLargeARequestIsRefusedByTheLimitsName() throws IOException {
        int limit = jmap.core().path("maxSizeRequest").asInt();
        var request = Call.fill("{" + USING + ",'methodCalls':[['Core/echo',{'a':?},'c']]}", "x".repeat(limit));
        var problem = problem(jmap.post("application/json", request.getBytes(UTF_8)), "limit");
        assertThat(problem.path("limit").asText()).isEqualTo("maxSizeRequest");
    }

    @Rule("RFC 8620 §3.3")
    void unknownPropertiesOfARequestAreIgnored() throws IOException {
        assertThat(jmap.request("{" + USING + "," + ECHO + ",'future':{'a':[1]}}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Rule({"RFC 8620 §3.3", "RFC 8620 §3.4", "RFC 8620 §3.10"})
    void callsAreRunAndAnsweredInOrder() {
        var box = mailbox();
        var answers = jmap.run(
                Call.of("Mailbox/set", "'update':{?:{'name':?}}", box, unique("first")),
                Call.of("Mailbox/get", "'ids':[?],'properties':['name']", box),
                Call.of("Mailbox/set", "'update':{?:{'name':?}}", box, unique("second")),
                Call.of("Mailbox/get", "'ids':[?],'properties':['name']", box));
        assertThat(List.of(answers.name(0), answers.name(1), answers.name(2), answers.name(3)))
                .containsExactly("Mailbox/set", "Mailbox/get", "Mailbox/set", "Mailbox/get");
        assertThat(answers.ok(1).at("/list/0/name").asText()).startsWith("first");
        assertThat(answers.ok(3).at("/list/0/name").asText()).startsWith("second");
    }

    @Rule("RFC 8620 §3.2")
    void anAnswerHasTheIdOfItsCall() throws IOException {
        var answer = jmap.request(
                "{" + USING + ",'methodCalls':[['Core/echo',{},'same'],['Core/echo',{},'same'],['Core/echo',{},'']]}");
        assertThat(Jmap.json(answer).path("methodResponses"))
                .extracting(one -> one.path(2).asText())
                .containsExactly("same", "same", "");
    }

    @Rule({"RFC 8620 §3.3", "RFC 8620 §3.4"})
    void createdIdsComeBackWithThoseOfNewRecords() throws IOException {
        var box = mailbox();
        var answer = Jmap.json(jmap.request(
                "{'using':[?,?],'createdIds':{'old':?},'methodCalls':[['Mailbox/set',{'accountId':?,"
                        + "'create':{'k':{'name':?,'parentId':'#old'}}},'c']]}",
                Jmap.CORE,
                Jmap.MAIL,
                box,
                jmap.account(),
                unique("Created")));
        var made = answer.at("/methodResponses/0/1/created/k/id").asText();
        assertThat(answer.at("/createdIds/old").asText()).isEqualTo(box);
        assertThat(answer.at("/createdIds/k").asText()).isEqualTo(made);
        assertThat(get("Mailbox", made, "parentId").path("parentId").asText()).isEqualTo(box);
    }

    @Rule("RFC 8620 §3.4")
    void createdIdsAreOnlyAnsweredToWhoSendsThem() throws IOException {
        assertThat(Jmap.json(jmap.request("{" + USING + "," + ECHO + "}")).has("createdIds"))
                .isFalse();
    }

    @Rule("RFC 8620 §3.5")
    void anArgumentLeftOutHasItsDefault() {
        var box = mailbox();
        mail(box, message("default"));
        var plain = ok("Email/query", "'filter':{'inMailbox':?}", box);
        var spelled = ok(
                "Email/query",
                "'filter':{'inMailbox':?},'sort':null,'position':0,'anchor':null,'anchorOffset':0,'limit':null,"
                        + "'calculateTotal':false,'collapseThreads':false",
                box);
        assertThat(plain).isEqualTo(spelled);
    }

    @Rule("RFC 8620 §1.8")
    void aMethodOfACapabilityThatIsNotUsedIsUnknown() {
        var answers = jmap.run(List.of(Jmap.CORE), Call.of("Mailbox/get", "'ids':[]"));
        assertThat(answers.error(0).path("type").asText()).isEqualTo("unknownMethod");
    }

    @Rule("RFC 8620 §4")
    void echoGivesBackItsArguments() throws IOException {
        var arguments = Jmap.JSON.readTree("{\"a\":[1,null,{\"b\":\"\u00e4\\u0000\"}],\"c\":1.5,\"d\":true}");
        var answer = jmap.request("{" + USING + ",'methodCalls':[['Core/echo',?,'c']]}", arguments);
        assertThat(Jmap.json(answer).at("/methodResponses/0/0").asText()).isEqualTo("Core/echo");
        assertThat(Jmap.json(answer).at("/methodResponses/0/1")).isEqualTo(arguments);
    }

    @Rule("RFC 8620 §1.3")
    void aNumberBeyondItsRangeIsRefused() {
        for (var limit : List.of("-1", "9007199254740992", "1.5", "'1'")) {
            assertThat(error("Email/query", "'limit':" + limit)).as(limit).isEqualTo("invalidArguments");
        }
    }

    @Rule("RFC 8620 §8.5")
    void deepNestingIsRefused() throws IOException {
        var deep = "[".repeat(100_000) + "]".repeat(100_000);
        var answer = jmap.request("{" + USING + ",'methodCalls':[['Core/echo',{'a':" + deep + "},'c']]}");
        assertThat(answer.statusCode()).isEqualTo(400);
    }
}
