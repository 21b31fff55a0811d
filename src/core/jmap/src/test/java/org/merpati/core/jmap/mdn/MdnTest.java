package org.merpati.core.jmap.mdn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.core.jmap.JmapHouse.json;
import static org.merpati.core.jmap.JmapHouse.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.core.jmap.JmapHouse;

/** RFC 9007. */
class MdnTest {
    private static final String MDN = """
            From: bob@example.org
            To: ana@example.org
            Subject: Read: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=disposition-notification; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Gelesen am B=C3=BCro.
            --b
            Content-Type: message/disposition-notification

            Reporting-UA: joes-pc.cs.example.com;
              Foomail 97.1
            Original-Recipient: rfc822;Bob@example.org
            Final-Recipient: rfc822; bob@example.org
            Original-Message-ID: <1@example.org>
            Disposition: Manual-Action/MDN-sent-manually; Displayed
            X-Extension: one
            --b
            Content-Type: message/rfc822

            Subject: The original

            Hello
            --b--
            """;

    private final JmapHouse house = JmapHouse.HOUSE;

    @BeforeEach
    void noMail() {
        house.empty();
    }

    private static String blob(String email) {
        return "b" + email.substring(1); // as Email's blobId
    }

    private JsonNode parse(String message) {
        return house.call("MDN/parse", "'blobIds':['" + blob(house.mail(message)) + "']");
    }

    private JsonNode parsed(String message) {
        return parse(message).get("parsed").iterator().next();
    }

    @Test
    void aNotificationHasAllPropertiesOfTheRfc() {
        assertThat(parsed(MDN)).isEqualTo(json("""
                {'forEmailId':null,'subject':'Read: Grüße','textBody':'Gelesen am Büro.','includeOriginalMessage':true,
                 'reportingUA':'joes-pc.cs.example.com;  Foomail 97.1',
                 'disposition':{'actionMode':'manual-action','sendingMode':'mdn-sent-manually','type':'displayed'},
                 'mdnGateway':null,'originalRecipient':'rfc822;Bob@example.org','finalRecipient':'rfc822; bob@example.org',
                 'originalMessageId':'<1@example.org>','error':null,'extensionFields':{'X-Extension':'one'}}"""));
    }

    @Test
    void errorsGatewayAndModifiersAreRead() {
        var mdn = parsed(MDN.replace("Disposition: Manual-Action/MDN-sent-manually; Displayed", """
                        Disposition: automatic-action / MDN-Sent-Automatically ;
                         processed/error, other
                        MDN-Gateway: dns; gw.example.org
                        Error: one
                        Error: two""")
                .replace("X-Extension: one\n", ""));
        assertThat(mdn.get("disposition")).isEqualTo(json("""
                {'actionMode':'automatic-action','sendingMode':'mdn-sent-automatically','type':'processed'}"""));
        assertThat(mdn.get("mdnGateway").textValue()).isEqualTo("dns; gw.example.org");
        assertThat(texts(mdn.get("error"))).containsExactly("one", "two");
        assertThat(mdn.get("extensionFields").isNull()).isTrue();
    }

    @Test
    void theTextMayBeHtmlAndTheOriginalMissing() {
        var mdn = parsed(MDN.replace("text/plain", "text/html")
                .replace("Gelesen am", "<p>Gelesen")
                .replace("message/rfc822", "text/rfc822-headers"));
        assertThat(mdn.get("textBody").textValue().strip()).isEqualTo("Gelesen Büro.");
        assertThat(mdn.get("includeOriginalMessage").booleanValue()).isFalse();
    }

    @Test
    void itIsAboutTheEmailThatWasSent() {
        var original = house.mail(
                "From: ana@example.org\nTo: bob@example.org\nMessage-ID: <1@example.org>\nSubject: Hi\n\nHello\n",
                JmapHouse.RECEIVED,
                Set.of(),
                "Sent");
        assertThat(parsed(MDN).get("forEmailId").isNull()).isTrue();
        house.call("EmailSubmission/set", "'create':{'n':{'identityId':'ia','emailId':'" + original + "'}}");
        assertThat(parsed(MDN).get("forEmailId").textValue()).isEqualTo(original);
        assertThat(parsed(MDN.replace("<1@", "<2@")).get("forEmailId").isNull()).isTrue();
        assertThat(parsed(MDN.replace("Original-Message-ID: <1@example.org>\n", ""))
                        .get("originalMessageId")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "multipart/report,multipart/mixed",
        "message/disposition-notification,message/delivery-status",
        "Disposition: Manual,X-Other: Manual",
        "Displayed,denied",
        "Manual-Action,by-hand",
        "MDN-sent-manually,sent"
    })
    void whatIsNoNotificationIsNotParsable(String right, String wrong) {
        var answer = parse(MDN.replace(right, wrong));
        assertThat(answer.get("parsed").isNull()).isTrue();
        assertThat(answer.get("notParsable")).hasSize(1);
        assertThat(answer.get("notFound").isNull()).isTrue();
    }

    @Test
    void fieldsHaveALimit() {
        assertThat(parse(MDN.replace("X-Extension: one", "X-Extension: " + "one two ".repeat(10_000)))
                        .get("notParsable"))
                .hasSize(1);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        var bobs = blob(house.bobsMail(MDN));
        var plain = blob(house.mail(JmapHouse.message("Hi")));
        var answer = house.call("MDN/parse", "'blobIds':['nonsense','b7777','" + bobs + "','" + plain + "','#no']");
        assertThat(texts(answer.get("notFound"))).containsExactly("nonsense", "b7777", bobs, "#no");
        assertThat(texts(answer.get("notParsable"))).containsExactly(plain);
    }

    @Test
    void argumentsAreChecked() {
        assertThat(house.error("MDN/parse", "")).isEqualTo("invalidArguments");
        assertThat(house.error("MDN/parse", "'blobIds':[],'x':1")).isEqualTo("invalidArguments");
        var ids = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            ids.append("'x").append(i).append("',");
        }
        assertThat(house.error("MDN/parse", "'blobIds':[" + ids + "'y']")).isEqualTo("requestTooLarge");
        var foreign = house.run("['MDN/parse',{'accountId':'" + house.bob() + "','blobIds':[]},'c']");
        assertThat(foreign.at("/0/1/type").textValue()).isEqualTo("invalidArguments"); // RFC 9007 §2.2
    }

    /** It waits until mail can be sent to other servers. */
    @Test
    void nothingIsSentYet() {
        assertThat(house.error("MDN/send", "'identityId':'ia','send':{}")).isEqualTo("unknownMethod");
    }
}
