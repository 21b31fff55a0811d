package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.texts;

import java.nio.charset.StandardCharsets;

/** What of a mail matched (RFC 8621 §5). */
final class SnippetRules extends Rules {
    SnippetRules(Jmap jmap) {
        super(jmap);
    }

    @Rule("RFC 8621 §5")
    void whatMatchedIsMarkedAndTheRestEscaped() {
        var mail =
                mail(mailbox(), "Subject: <b>zebra</b> & co\n\n" + "filler ".repeat(100) + " a < zebra & \"lion\"\n");
        var answer = ok("SearchSnippet/get", "'emailIds':[?],'filter':{'text':'zebra'}", mail);
        assertThat(answer.at("/list/0/emailId").asText()).isEqualTo(mail);
        assertThat(answer.at("/list/0/subject").asText()).isEqualTo("&lt;b&gt;<mark>zebra</mark>&lt;/b&gt; &amp; co");
        var preview = answer.at("/list/0/preview").asText();
        assertThat(preview).contains("&lt; <mark>zebra</mark> &amp;");
        assertThat(preview.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
    }

    @Rule("RFC 8621 §5")
    void whereNothingMatchedThereIsNull() {
        var mail = mail(mailbox(), "Subject: giraffe\n\nbody text\n");
        var answer = ok("SearchSnippet/get", "'emailIds':[?],'filter':{'subject':'giraffe'}", mail);
        assertThat(answer.at("/list/0/subject").asText()).isEqualTo("<mark>giraffe</mark>");
        assertThat(answer.at("/list/0/preview").isNull()).isTrue();
        var none = ok("SearchSnippet/get", "'emailIds':[?],'filter':null", mail);
        assertThat(none.at("/list/0/subject").isNull()).isTrue();
        assertThat(none.at("/list/0/preview").isNull()).isTrue();
    }

    @Rule("RFC 8621 §5.1")
    void aMailThatIsNotThereIsNotFound() {
        var answer = ok("SearchSnippet/get", "'emailIds':['nothing'],'filter':{'text':'x'}");
        assertThat(texts(answer.path("notFound"))).containsExactly("nothing");
        assertThat(answer.path("list")).isEmpty();
    }
}
