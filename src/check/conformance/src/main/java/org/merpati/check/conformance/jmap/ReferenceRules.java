package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.texts;

import com.fasterxml.jackson.databind.JsonNode;

/** References to results of calls before (RFC 8620 §3.7). */
final class ReferenceRules extends Rules {
    private static final String ECHO =
            "'a':'x','list':[{'n':'1','more':['p','q']},{'n':'2','more':['r']}],'m~/n':{'0':['y']},'o':{'k':[]}";

    ReferenceRules(Jmap jmap) {
        super(jmap);
    }

    private JsonNode resolved(String path) {
        return referring("{'resultOf':'0','name':'Core/echo','path':" + Call.fill("?", path) + "}")
                .ok(1)
                .path("b");
    }

    private Answers referring(String reference) {
        return jmap.run(
                Call.of("Core/echo", ECHO), Call.of("Core/echo", "'#b':" + reference), Call.of("Core/echo", ""));
    }

    @Rule("RFC 8620 §3.7")
    void aReferenceIsReplacedByWhatItPointsAt() {
        assertThat(resolved("/a").asText()).isEqualTo("x");
        assertThat(resolved("/list/1/n").asText()).isEqualTo("2");
        assertThat(texts(resolved("/list/0/more"))).containsExactly("p", "q");
        assertThat(texts(resolved("/m~0~1n/0"))).containsExactly("y");
        assertThat(resolved("").path("a").asText()).isEqualTo("x");
    }

    @Rule("RFC 8620 §3.7")
    void aStarGoesThroughAListAndFlattensIt() {
        assertThat(texts(resolved("/list/*/n"))).containsExactly("1", "2");
        assertThat(texts(resolved("/list/*/more"))).containsExactly("p", "q", "r");
        assertThat(texts(resolved("/list/*/more/*"))).containsExactly("p", "q", "r");
        assertThat(resolved("/o/k/*")).isEmpty();
    }

    @Rule("RFC 8620 §3.7")
    void aReferenceThatLeadsNowhereFailsItsCall() {
        for (var reference : new String[] {
            "{'resultOf':'9','name':'Core/echo','path':'/a'}",
            "{'resultOf':'1','name':'Core/echo','path':'/a'}",
            "{'resultOf':'2','name':'Core/echo','path':'/a'}",
            "{'resultOf':'0','name':'Email/get','path':'/a'}",
            "{'resultOf':'0','name':'Core/echo','path':'/none'}",
            "{'resultOf':'0','name':'Core/echo','path':'/a/deeper'}",
            "{'resultOf':'0','name':'Core/echo','path':'/list/2'}",
            "{'resultOf':'0','name':'Core/echo','path':'/list/01'}",
            "{'resultOf':'0','name':'Core/echo','path':'/list/-'}",
            "{'resultOf':'0','name':'Core/echo','path':'/o/*'}",
            "{'resultOf':'0','name':'Core/echo','path':'a'}"
        }) {
            var answers = referring(reference);
            assertThat(answers.error(1).path("type").asText()).as(reference).isEqualTo("invalidResultReference");
            assertThat(answers.name(2)).isEqualTo("Core/echo");
        }
    }

    @Rule("RFC 8620 §3.7")
    void aReferenceToAFailedCallFails() {
        var answers = jmap.run(
                Call.of("Email/query", "'limit':-1"),
                Call.of("Email/get", "'#ids':{'resultOf':'0','name':'Email/query','path':'/ids'}"));
        assertThat(answers.error(1).path("type").asText()).isEqualTo("invalidResultReference");
    }

    @Rule("RFC 8620 §3.7")
    void anArgumentGivenTwiceIsInvalid() {
        var answers = jmap.run(
                Call.of("Core/echo", "'a':[]"),
                Call.of("Email/get", "'ids':[],'#ids':{'resultOf':'0','name':'Core/echo','path':'/a'}"));
        assertThat(answers.error(1).path("type").asText()).isEqualTo("invalidArguments");
    }

    @Rule("RFC 8620 §3.7")
    void fromAQueryToTheThreadsToAllTheirMails() {
        var box = mailbox();
        mail(box, message("alone"));
        var first = mail(
                box,
                "From: a@example.net\nSubject: talk\nMessage-ID: <"
                        + unique("t").replace(' ', '.') + "@x.example>\n\n1\n");
        var id = email(first, "messageId").at("/messageId/0").asText();
        var second = mail(
                box,
                "From: b@example.net\nSubject: Re: talk\nMessage-ID: <r." + id + ">\nIn-Reply-To: <" + id
                        + ">\nReferences: <" + id + ">\n\n2\n");
        var answers = jmap.run(
                Call.of("Email/query", "'filter':{'inMailbox':?},'collapseThreads':true", box),
                Call.of(
                        "Email/get",
                        "'properties':['threadId']," + "'#ids':{'resultOf':'0','name':'Email/query','path':'/ids'}"),
                Call.of("Thread/get", "'#ids':{'resultOf':'1','name':'Email/get','path':'/list/*/threadId'}"),
                Call.of(
                        "Email/get",
                        "'properties':['subject'],"
                                + "'#ids':{'resultOf':'2','name':'Thread/get','path':'/list/*/emailIds'}"));
        assertThat(answers.ok(0).path("ids")).hasSize(2);
        assertThat(answers.ok(3).path("list"))
                .hasSize(3)
                .extracting(mail -> mail.path("id").asText())
                .contains(first, second);
    }
}
