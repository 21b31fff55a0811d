package org.merpati.core.jmap.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.core.jmap.JmapHouse.json;
import static org.merpati.core.jmap.JmapHouse.message;
import static org.merpati.core.jmap.JmapHouse.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.jmap.JmapHouse;
import org.merpati.lib.mime.Message;

/** RFC 8621 §3, §4.1 to §4.3: what is read of Emails and Threads. */
class EmailTest {
    private static final String RICH = """
            From: "  James Smythe" <james@example.com>
            Sender: =?UTF-8?Q?John_Sm=C3=AEth?= <john@example.com>
            To: Friends: jane@example.com, =?UTF-8?Q?John_Sm=C3=AEth?= <john@example.com>;
            Cc: one@example.com
            Cc: two@example.com
            Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?= aus
             Wien
            Message-ID: <rich@example.com>
            In-Reply-To: <a@example.com>
            References: <a@example.com> <b@example.com>
            Date: Fri, 20 Nov 2026 09:00:00 +0100
            List-Post: <mailto:list@example.com>
            List-Unsubscribe: <https://example.com/u>, <mailto:u@example.com>
            X-Custom: first
            X-Custom: =?UTF-8?Q?zw=C3=B6?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: multipart/alternative; boundary=a

            --a
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Gr=C3=BC=C3=9Fe,
            mehr Text
            --a
            Content-Type: text/html; charset=utf-8

            <p>Hallo <a href="https://example.com/">Welt</a></p>
            --a--
            --m
            Content-Type: image/png; name="b.png"
            Content-Disposition: attachment; filename*=UTF-8''b%C3%BC.png
            Content-ID: <logo@example.com>
            Content-Language: de, en
            Content-Location: https://example.com/b.png
            Content-Transfer-Encoding: base64
            X-Part: yes

            AQIDBAU=
            --m--
            """;

    private final JmapHouse house = JmapHouse.HOUSE;

    @BeforeEach
    void noMail() {
        house.empty();
    }

    private JsonNode get(String id, String properties) {
        return house.call("Email/get", "'ids':['" + id + "'],'properties':[" + properties + "]")
                .at("/list/0");
    }

    private JsonNode value(String id, String property) {
        return get(id, "'" + property + "'").get(property);
    }

    @Test
    void metadataComesWithoutReadingTheMessage() {
        var id = house.mail(message("Hi"), JmapHouse.RECEIVED, Set.of("$seen", "a"), "INBOX", "Archive");
        int reads = house.blobs.reads();
        var email = get(
                id,
                "'id','blobId','threadId','mailboxIds','keywords','size','receivedAt','from','to','subject','preview',"
                        + "'hasAttachment','sentAt','messageId','cc','bcc','replyTo','sender','inReplyTo','references'");
        assertThat(house.blobs.reads()).isEqualTo(reads);
        assertThat(email.get("mailboxIds"))
                .isEqualTo(json(
                        "{'" + house.mailboxNamed("INBOX") + "':true,'" + house.mailboxNamed("Archive") + "':true}"));
        assertThat(email.get("keywords")).isEqualTo(json("{'$seen':true,'a':true}"));
        assertThat(email.get("receivedAt").textValue()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(email.get("from"))
                .isEqualTo(
                        json("{'x':[{'name':'Bob','email':'bob@example.net'}]}").get("x"));
        assertThat(email.get("preview").textValue()).isEqualTo("Hello Ana, about Hi");
        assertThat(email.get("hasAttachment").booleanValue()).isFalse();
        assertThat(email.get("sentAt").textValue()).isEqualTo("2026-11-20T09:00:00+01:00");
        assertThat(email.get("cc").isNull()).isTrue();
        assertThat(email.get("size").intValue())
                .isEqualTo(message("Hi").replace("\n", "\r\n").length());
    }

    @Test
    void fiftyEmailsTakeOneCallOfTheStore() {
        var ids = IntStream.range(0, 50)
                .mapToObj(i -> "'" + house.mail(message("Mail " + i)) + "'")
                .collect(Collectors.joining(","));
        int before = house.calls();
        var got = house.call(
                "Email/get",
                "'ids':[" + ids + "],'properties':['id','threadId','mailboxIds','keywords','from','to','subject',"
                        + "'receivedAt','size','preview','hasAttachment']");
        assertThat(got.get("list")).hasSize(50);
        assertThat(house.calls() - before).isEqualTo(1);
    }

    @Test
    void withoutPropertiesTheRfcsDefaultsAreGiven() {
        var id = house.mail(message("Hi"));
        var email = house.call("Email/get", "'ids':['" + id + "']").at("/list/0");
        assertThat(email.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "id",
                        "blobId",
                        "threadId",
                        "mailboxIds",
                        "keywords",
                        "size",
                        "receivedAt",
                        "messageId",
                        "inReplyTo",
                        "references",
                        "sender",
                        "from",
                        "to",
                        "cc",
                        "bcc",
                        "replyTo",
                        "subject",
                        "sentAt",
                        "hasAttachment",
                        "preview",
                        "bodyValues",
                        "textBody",
                        "htmlBody",
                        "attachments");
        assertThat(email.get("bodyValues")).isEmpty();
        assertThat(email.at("/textBody/0").fieldNames())
                .toIterable()
                .containsExactly(
                        "partId",
                        "blobId",
                        "size",
                        "name",
                        "type",
                        "charset",
                        "disposition",
                        "cid",
                        "language",
                        "location");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "header:subject:asText|\"Grüße aus Wien\"",
                "header:Subject|\" =?UTF-8?Q?Gr=C3=BC=C3=9Fe?= aus\\r\\n Wien\"",
                "subject|\"Grüße aus Wien\"",
                "from|[{\"name\":\"James Smythe\",\"email\":\"james@example.com\"}]",
                "header:From:asAddresses|[{\"name\":\"James Smythe\",\"email\":\"james@example.com\"}]",
                "sender|[{\"name\":\"John Smîth\",\"email\":\"john@example.com\"}]",
                "header:To:asGroupedAddresses|[{\"name\":\"Friends\",\"addresses\":[{\"name\":null,\"email\":\"jane@example.com\"},{\"name\":\"John Smîth\",\"email\":\"john@example.com\"}]}]",
                "header:From:asGroupedAddresses|[{\"name\":null,\"addresses\":[{\"name\":\"James Smythe\",\"email\":\"james@example.com\"}]}]",
                "to|[{\"name\":null,\"email\":\"jane@example.com\"},{\"name\":\"John Smîth\",\"email\":\"john@example.com\"}]",
                "cc|[{\"name\":null,\"email\":\"two@example.com\"}]",
                "header:Cc:asAddresses:all|[[{\"name\":null,\"email\":\"one@example.com\"}],[{\"name\":null,\"email\":\"two@example.com\"}]]",
                "messageId|[\"rich@example.com\"]",
                "references|[\"a@example.com\",\"b@example.com\"]",
                "header:References:asMessageIds|[\"a@example.com\",\"b@example.com\"]",
                "sentAt|\"2026-11-20T09:00:00+01:00\"",
                "header:Date:asDate|\"2026-11-20T09:00:00+01:00\"",
                "header:List-Unsubscribe:asURLs|[\"https://example.com/u\",\"mailto:u@example.com\"]",
                "header:X-Custom|\" =?UTF-8?Q?zw=C3=B6?=\"",
                "header:X-Custom:asText:all|[\"first\",\"zwö\"]",
                "header:X-Nothing|null",
                "header:X-Nothing:all|[]",
                "header:X-Custom:asDate|null",
                "header:X-Custom:asURLs|null",
                "hasAttachment|true"
            })
    void headerFieldsAreReadInEveryForm(String property, String expected) throws Exception {
        assertThat(value(house.mail(RICH), property)).isEqualTo(JmapHouse.JSON.readTree(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "header:From:asDate",
                "header:Subject:asAddresses",
                "header:Date:asText",
                "header:Received:asText",
                "header:List-Post:asText",
                "header:Message-ID:asURLs",
                "header:X:asNothing",
                "header:X:astext",
                "header:X:all:asText",
                "header:X:all:all",
                "header:",
                "header:a b",
                "headers:X",
                "nothing"
            })
    void formsThatAFieldHasNotAreRefused(String property) {
        assertThat(house.error("Email/get", "'ids':[],'properties':['" + property + "']"))
                .isEqualTo("invalidArguments");
        assertThat(house.error("Email/get", "'ids':[],'bodyProperties':['" + property + "']"))
                .isEqualTo("invalidArguments");
    }

    /** RFC 8621 §4.1.4: of a part as of the message, whether it is stored beside the message or has to be read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "header:Content-Type|\" image/png; name=\\\"b.png\\\"\"",
                "header:content-type:all|[\" image/png; name=\\\"b.png\\\"\"]",
                "header:Content-Type:asText|\"image/png; name=\\\"b.png\\\"\"",
                "header:Content-ID:asMessageIds|[\"logo@example.com\"]",
                "header:Content-Location:asURLs|[\"https://example.com/b.png\"]",
                "header:Content-Nothing|null",
                "header:X-Nothing:all|[]",
            })
    void headerFieldsOfPartsAreReadInEveryForm(String property, String expected) throws Exception {
        var email = house.call(
                "Email/get",
                "'ids':['" + house.mail(RICH) + "'],'properties':['attachments'],'bodyProperties':['" + property
                        + "']");
        assertThat(email.at("/list/0/attachments/0").get(property)).isEqualTo(JmapHouse.JSON.readTree(expected));
    }

    @Test
    void namesOfPropertiesComeBackAsTheyWereWritten() {
        var email = get(house.mail(RICH), "'header:SUBJECT:asText','header:subject:asText'");
        assertThat(email.has("header:SUBJECT:asText")).isTrue();
        assertThat(email.has("header:subject:asText")).isTrue();
    }

    @Test
    void allHeadersAreThereInTheirOrder() {
        var headers = value(house.mail(RICH), "headers");
        assertThat(headers.get(0).get("name").textValue()).isEqualTo("From");
        assertThat(headers.findValuesAsText("name")).hasSize(16);
        assertThat(headers.get(12)).isEqualTo(json("{'name':'X-Custom','value':' first'}"));
    }

    @Test
    void theStructureIsATreeOfParts() {
        var id = house.mail(RICH);
        var blob = value(id, "blobId").textValue();
        var tree = house.call(
                        "Email/get",
                        "'ids':['" + id
                                + "'],'properties':['bodyStructure'],'bodyProperties':['partId','blobId','type',"
                                + "'size','name','charset','disposition','cid','language','location','subParts',"
                                + "'header:X-Part:asText']")
                .at("/list/0/bodyStructure");
        assertThat(tree.get("type").textValue()).isEqualTo("multipart/mixed");
        assertThat(tree.get("partId").isNull()).isTrue();
        assertThat(tree.get("blobId").isNull()).isTrue();
        assertThat(tree.at("/subParts/1")).isEqualTo(json("""
                {'partId':'2','blobId':'%s-2','type':'image/png','size':5,'name':'bü.png','charset':null,
                 'disposition':'attachment','cid':'logo@example.com','language':['de','en'],
                 'location':'https://example.com/b.png','header:X-Part:asText':'yes','subParts':null}""".formatted(blob)));
        assertThat(tree.at("/subParts/0/subParts/1/partId").textValue()).isEqualTo("1.2");
        assertThat(tree.at("/subParts/0/subParts/0/size").intValue())
                .isEqualTo("Grüße,\r\nmehr Text".getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void bodiesAndAttachmentsAreFlatLists() {
        var email = get(house.mail(RICH), "'textBody','htmlBody','attachments'");
        assertThat(email.get("textBody").findValuesAsText("type")).containsExactly("text/plain");
        assertThat(email.get("htmlBody").findValuesAsText("type")).containsExactly("text/html");
        assertThat(email.get("attachments").findValuesAsText("name")).containsExactly("bü.png");
    }

    @ParameterizedTest
    @CsvSource({"fetchTextBodyValues, 1.1", "fetchHTMLBodyValues, 1.2", "fetchAllBodyValues, 1.1 1.2"})
    void bodyValuesAreThoseAskedFor(String fetch, String parts) {
        var values = house.call(
                        "Email/get",
                        "'ids':['" + house.mail(RICH) + "'],'properties':['bodyValues'],'" + fetch + "':true")
                .at("/list/0/bodyValues");
        assertThat(values.fieldNames()).toIterable().containsExactly(parts.split(" "));
        if (values.has("1.1")) {
            assertThat(values.get("1.1"))
                    .isEqualTo(json("{'value':'Grüße,\\nmehr Text','isEncodingProblem':false,'isTruncated':false}"));
        }
    }

    @ParameterizedTest
    @CsvSource({"4, Grü", "3, Gr", "100, 'Grüße,\nmehr Text'", "0, 'Grüße,\nmehr Text'"})
    void valuesAreCutAtACharactersEnd(int most, String expected) {
        var value = house.call(
                        "Email/get",
                        "'ids':['" + house.mail(RICH)
                                + "'],'properties':['bodyValues'],'fetchTextBodyValues':true,'maxBodyValueBytes':"
                                + most)
                .at("/list/0/bodyValues/1.1");
        assertThat(value.get("value").textValue()).isEqualTo(expected);
        assertThat(value.get("isTruncated").booleanValue()).isEqualTo(most > 0 && most < 20);
    }

    @Test
    void htmlIsNotCutWithinATag() {
        assertThat(BodyValue.truncated("<p>Hi <a href=\"x\">you</a>", 12, true)).isEqualTo("<p>Hi ");
        assertThat(BodyValue.truncated("<p>Hi <a href=\"x\">you</a>", 20, true)).isEqualTo("<p>Hi <a href=\"x\">yo");
        assertThat(BodyValue.truncated("1 < 2", 4, false)).isEqualTo("1 < ");
    }

    @ParameterizedTest
    @CsvSource({
        "x-unknown-charset, true",
        "us-ascii, true",
        "utf-8, true",
        "iso-8859-1, false",
    })
    void whatIsNotInItsCharsetIsAnEncodingProblem(String charset, boolean problem) throws Exception {
        var octets = ("Content-Type: text/plain; charset=" + charset + "\r\n\r\ncaf\u00e9")
                .getBytes(StandardCharsets.ISO_8859_1);
        var message = Message.parse(octets);
        assertThat(BodyValue.read(message.octets(), message.root(), 0).encodingProblem())
                .isEqualTo(problem);
    }

    /** RFC 8621 §4.1.1: MUST NOT be visible. */
    @Test
    void whatImapMarkedAsDeletedIsNotThere() {
        var id = house.mail(message("Hi"), "INBOX", "Archive");
        house.markDeleted("INBOX", true);
        assertThat(value(id, "mailboxIds")).isEqualTo(json("{'" + house.mailboxNamed("Archive") + "':true}"));
        house.markDeleted("Archive", true);
        assertThat(texts(house.call("Email/get", "'ids':['" + id + "']").get("notFound")))
                .containsExactly(id);
        assertThat(house.call("Email/query", "'calculateTotal':true")
                        .get("total")
                        .intValue())
                .isZero();
        house.markDeleted("Archive", false);
        assertThat(house.call("Email/query", "'calculateTotal':true")
                        .get("total")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void allEmailsAreGivenWhileTheyAreFew() {
        house.mail(message("One"));
        house.mail(message("Two"));
        assertThat(house.call("Email/get", "'ids':null,'properties':['id']").get("list"))
                .hasSize(2);
    }

    @Test
    void threadsHoldTheirEmailsTheOldestFirst() {
        var late = house.mail(message("Hi"), JmapHouse.RECEIVED.plusSeconds(60), Set.of(), "INBOX");
        var early = house.mail(message("Hi"), JmapHouse.RECEIVED, Set.of(), "Archive");
        var thread = value(late, "threadId").textValue();
        assertThat(value(early, "threadId").textValue()).isEqualTo(thread);
        var got = house.call("Thread/get", "'ids':['" + thread + "','tzzz','e1']");
        assertThat(got.get("list").get(0))
                .isEqualTo(json("{'id':'" + thread + "','emailIds':['" + early + "','" + late + "']}"));
        assertThat(texts(got.get("notFound"))).containsExactly("tzzz", "e1");
        assertThat(house.call("Thread/get", "'ids':null").get("list")).hasSize(1);
    }

    @Test
    void changesOfEmailsAndThreadsAreTold() {
        var one = house.mail(message("One"));
        var two = house.mail(message("Two"));
        var state = house.call("Email/get", "'ids':[]").get("state").textValue();
        var three = house.mail(message("Three"));
        house.call("Email/set", "'update':{'" + one + "':{'keywords/$seen':true}},'destroy':['" + two + "']");
        var changes = house.call("Email/changes", "'sinceState':'" + state + "'");
        assertThat(texts(changes.get("created"))).containsExactly(three);
        assertThat(texts(changes.get("updated"))).containsExactly(one);
        assertThat(texts(changes.get("destroyed"))).containsExactly(two);
        var threads = house.call("Thread/changes", "'sinceState':'" + state + "'");
        assertThat(texts(threads.get("created")))
                .containsExactly(value(three, "threadId").textValue());
        assertThat(threads.get("updated")).isEmpty();
        assertThat(threads.get("destroyed")).hasSize(1);
    }

    /** RFC 8621 §3.2, §4.1.1. */
    @Test
    void aThreadGoesWithItsLastEmailThatImapMarks() {
        var thread = house.call("Email/get", "'ids':['" + house.mail(message("Hi")) + "'],'properties':['threadId']")
                .at("/list/0/threadId")
                .textValue();
        var state = house.call("Thread/get", "'ids':[]").get("state").textValue();
        house.markDeleted("INBOX", true);
        var changes = house.call("Thread/changes", "'sinceState':'" + state + "'");
        assertThat(texts(changes.get("destroyed"))).containsExactly(thread);
        assertThat(changes.get("updated")).isEmpty();
    }

    @Test
    void whatImapMarkedAsDeletedIsNeitherChangedNorDestroyed() {
        var id = house.mail(message("Hi"));
        house.markDeleted("INBOX", true);
        var answer = house.call("Email/set", "'update':{'" + id + "':{'keywords/$seen':true}}");
        assertThat(answer.at("/notUpdated/" + id + "/type").textValue()).isEqualTo("notFound");
        answer = house.call("Email/set", "'destroy':['" + id + "']");
        assertThat(answer.at("/notDestroyed/" + id + "/type").textValue()).isEqualTo("notFound");
    }

    /** Where IMAP marked it as deleted it is not, so that it can't stay there alone, and comes there anew. */
    @Test
    void aMailboxWhereImapMarkedAnEmailDoesNotHoldIt() {
        house.mailbox("Other");
        var id = house.mail(message("Hi"), "INBOX", "Other");
        house.markDeleted("INBOX", true);
        var inbox = house.mailboxNamed("INBOX");
        var other = house.mailboxNamed("Other");
        var answer = house.call("Email/set", "'update':{'" + id + "':{'mailboxIds/" + other + "':null}}");
        assertThat(answer.at("/notUpdated/" + id + "/type").textValue()).isEqualTo("invalidProperties");
        answer = house.call("Email/set", "'update':{'" + id + "':{'mailboxIds/" + inbox + "':true}}");
        assertThat(answer.get("updated").has(id)).isTrue();
        var mailboxes = house.call("Email/get", "'ids':['" + id + "'],'properties':['mailboxIds']")
                .at("/list/0/mailboxIds");
        assertThat(mailboxes.has(inbox)).isTrue();
        assertThat(mailboxes.has(other)).isTrue();
    }

    /** RFC 8621 §4.1.1: gone for clients that know no such mark. */
    @Test
    void whatImapMarksAsDeletedIsDestroyedUntilTheMarkIsTakenBack() {
        var id = house.mail(message("Hi"));
        var state = house.call("Email/get", "'ids':[]").get("state").textValue();
        house.markDeleted("INBOX", true);
        var changes = house.call("Email/changes", "'sinceState':'" + state + "'");
        assertThat(texts(changes.get("destroyed"))).containsExactly(id);
        assertThat(changes.get("updated")).isEmpty();
        house.markDeleted("INBOX", false);
        changes = house.call(
                "Email/changes", "'sinceState':'" + changes.get("newState").textValue() + "'");
        assertThat(texts(changes.get("created")))
                .containsExactly(id); // it was destroyed, and updates of it mean nothing
        assertThat(changes.get("updated")).isEmpty();
        house.markDeleted("INBOX", true);
        changes = house.call("Email/changes", "'sinceState':'" + state + "'");
        assertThat(texts(changes.get("destroyed"))).containsExactly(id); // whatever lay between
        assertThat(changes.get("created")).isEmpty();
    }

    @Test
    void whatAnotherMailboxHeldAllTheTimeHasNotComeBack() {
        var id = house.mail(message("Hi"), "INBOX", "Archive");
        house.markDeleted("INBOX", true);
        var state = house.call("Email/get", "'ids':[]").get("state").textValue();
        house.markDeleted("INBOX", false);
        var changes = house.call("Email/changes", "'sinceState':'" + state + "'");
        assertThat(texts(changes.get("updated"))).containsExactly(id);
        assertThat(changes.get("created")).isEmpty();
        assertThat(house.call("Thread/changes", "'sinceState':'" + state + "'").get("updated"))
                .isEmpty();
    }

    /** RFC 8621 §3.2. */
    @Test
    void aThreadComesBackWithAnEmailWhoseMarkIsTakenBack() {
        var id = house.mail(message("Hi"));
        var thread = house.call("Email/get", "'ids':['" + id + "'],'properties':['threadId']")
                .at("/list/0/threadId")
                .textValue();
        house.markDeleted("INBOX", true);
        var state = house.call("Thread/get", "'ids':[]").get("state").textValue();
        house.markDeleted("INBOX", false);
        var changes = house.call("Thread/changes", "'sinceState':'" + state + "'");
        assertThat(texts(changes.get("created"))).containsExactly(thread);
        assertThat(changes.get("updated")).isEmpty();
        house.mail(message("Hi"), "Archive");
        house.markDeleted("INBOX", true);
        state = house.call("Thread/get", "'ids':[]").get("state").textValue();
        house.markDeleted("INBOX", false);
        changes = house.call("Thread/changes", "'sinceState':'" + state + "'");
        assertThat(texts(changes.get("updated"))).containsExactly(thread);
        assertThat(changes.get("created")).isEmpty();
    }

    /** RFC 8620 §5.2, where one change is of more than the client takes. */
    @Test
    void manyChangesAtOnceComeInPages() {
        var all = new TreeSet<String>();
        for (int i = 0; i < 9; i++) {
            all.add(house.mail(message("Mail " + i)));
        }
        var state = house.call("Email/get", "'ids':[]").get("state").textValue();
        var update =
                all.stream().map(id -> "'" + id + "':{'keywords/$seen':true}").collect(Collectors.joining(","));
        house.call("Email/set", "'update':{" + update + "}");
        var extra = house.mail(message("Extra"));
        var told = new TreeSet<String>();
        var created = new TreeSet<String>();
        boolean more = true;
        while (more) {
            var changes = house.call("Email/changes", "'sinceState':'" + state + "','maxChanges':4");
            assertThat(changes.get("updated").size() + changes.get("created").size())
                    .isLessThanOrEqualTo(4);
            told.addAll(texts(changes.get("updated")));
            created.addAll(texts(changes.get("created")));
            state = changes.get("newState").textValue();
            more = changes.get("hasMoreChanges").booleanValue();
        }
        assertThat(told).isEqualTo(all);
        assertThat(created).containsExactly(extra);
    }
}
