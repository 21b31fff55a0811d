package org.merpati.core.jmap.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.merpati.core.jmap.JmapHouse.json;
import static org.merpati.core.jmap.JmapHouse.message;
import static org.merpati.core.jmap.JmapHouse.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.CreatedIds;
import org.merpati.core.jmap.JmapHouse;
import org.merpati.core.store.Emails;
import org.merpati.core.store.KeywordPatch;
import org.merpati.lib.jmap.RequestException;
import org.merpati.lib.jmap.SetException;

/** RFC 8621 §4.6 to §4.9 and RFC 8620 §6: Emails made, changed, imported, copied and parsed; blobs. */
class EmailSetTest {
    private final JmapHouse house = JmapHouse.HOUSE;
    private String inbox = "";

    @BeforeEach
    void noMail() {
        house.empty();
        inbox = house.mailboxNamed("INBOX");
    }

    private JsonNode set(String properties) {
        return house.call("Email/set", "'create':{'n':{'mailboxIds':{'" + inbox + "':true}" + properties + "}}");
    }

    private String made(String properties) {
        var set = set(properties);
        assertThat(set.get("notCreated").isNull()).as(set.toString()).isTrue();
        return set.at("/created/n/id").textValue();
    }

    private JsonNode get(String id, String properties) {
        return house.call(
                        "Email/get", "'ids':['" + id + "'],'properties':[" + properties + "],'fetchAllBodyValues':true")
                .at("/list/0");
    }

    private String source(String id) throws IOException {
        var blob = get(id, "'blobId'").get("blobId").textValue();
        return new String(download(blob), StandardCharsets.UTF_8);
    }

    private byte[] download(String blob) throws IOException {
        var octets = house.api().download(house.caller(), house.ana(), blob).orElseThrow();
        try (var in = octets.open(0, octets.size())) {
            return in.readAllBytes();
        }
    }

    private String upload(byte[] octets, String type) {
        try {
            return house.api()
                    .upload(house.caller(), house.ana(), type, -1, new ByteArrayInputStream(octets))
                    .orElseThrow()
                    .get("blobId")
                    .textValue();
        } catch (IOException | RequestException e) {
            throw new IllegalStateException(e);
        }
    }

    private String upload(String text) {
        return upload(text.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    @Test
    void aDraftHasWhatItsClientSaidAndWhatIsMissing() {
        var id = made(",'keywords':{'$draft':true,'$SEEN':true},'receivedAt':'2020-01-02T03:04:05Z',"
                + "'from':[{'name':'Zoë','email':'zoe@example.com'}],'to':[{'email':'ana@example.org','name':null}],"
                + "'subject':'Grüße','header:X-Thing:asText':'täg','inReplyTo':['a@b'],"
                + "'bodyStructure':{'type':'text/plain','partId':'1'},'bodyValues':{'1':{'value':'Hällo\\nyou'}}");
        var email = get(
                id,
                "'keywords','receivedAt','from','to','subject','header:X-Thing:asText','messageId','sentAt',"
                        + "'inReplyTo','bodyValues','textBody'");
        assertThat(email.get("keywords")).isEqualTo(json("{'$draft':true,'$seen':true}"));
        assertThat(email.get("receivedAt").textValue()).isEqualTo("2020-01-02T03:04:05Z");
        assertThat(email.at("/from/0/name").textValue()).isEqualTo("Zoë");
        assertThat(email.get("subject").textValue()).isEqualTo("Grüße");
        assertThat(email.get("header:X-Thing:asText").textValue()).isEqualTo("täg");
        assertThat(email.at("/inReplyTo/0").textValue()).isEqualTo("a@b");
        assertThat(email.at("/messageId/0").textValue()).matches("[0-9a-f]{32}@example\\.org");
        assertThat(email.get("sentAt").textValue()).isEqualTo("2026-11-22T10:11:12Z");
        assertThat(email.at("/bodyValues/1/value").textValue()).isEqualTo("Hällo\nyou\n");
    }

    @Test
    void theCreatorIsToldWhatTheServerSet() {
        var made = set(",'subject':'Hi'").at("/created/n");
        assertThat(made.fieldNames()).toIterable().containsExactlyInAnyOrder("id", "blobId", "threadId", "size");
    }

    @Test
    void textHtmlAndAttachmentsAreArranged() throws Exception {
        var blob = upload(new byte[] {1, 2, 3, (byte) 0xff}, "image/png");
        var id = made(",'textBody':[{'partId':'t','type':'text/plain'}],'htmlBody':[{'partId':'h','type':'text/html'}],"
                + "'bodyValues':{'t':{'value':'Text'},'h':{'value':'<p>Html'}},"
                + "'attachments':[{'blobId':'" + blob
                + "','type':'image/png','name':'ñ.png','disposition':'attachment'},"
                + "{'blobId':'" + blob + "','type':'image/png','cid':'logo','disposition':'inline'}]");
        var email = house.call(
                        "Email/get",
                        "'ids':['" + id + "'],'properties':['bodyStructure','hasAttachment','attachments'],"
                                + "'bodyProperties':['type','name','cid','disposition','blobId','size']")
                .at("/list/0");
        assertThat(email.at("/bodyStructure/type").textValue()).isEqualTo("multipart/mixed");
        assertThat(email.at("/bodyStructure/subParts/0/type").textValue()).isEqualTo("multipart/related");
        assertThat(email.at("/bodyStructure/subParts/0/subParts/0/type").textValue())
                .isEqualTo("multipart/alternative");
        assertThat(email.at("/bodyStructure/subParts/1/name").textValue()).isEqualTo("ñ.png");
        assertThat(email.at("/bodyStructure/subParts/1/size").intValue()).isEqualTo(4);
        assertThat(email.get("hasAttachment").booleanValue()).isTrue();
        var part = email.at("/bodyStructure/subParts/1/blobId").textValue();
        assertThat(download(part)).isEqualTo(new byte[] {1, 2, 3, (byte) 0xff});
        var again = made(",'attachments':[{'blobId':'" + part + "','type':'image/png'}]");
        assertThat(get(again, "'hasAttachment'").get("hasAttachment").booleanValue())
                .isTrue();
    }

    /** RFC 8621 §4.6: fields that begin with Content- belong to parts. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'header:Content-Type':' text/plain; format=flowed'|header:Content-Type|\" text/plain; charset=utf-8; format=flowed\"",
                "'header:Content-Type:asText':'text/plain; charset=koi8-r; delsp=yes'|charset|\"utf-8\"",
                "'header:content-type:all':['text/plain; name=a.txt']|name|\"a.txt\"",
                "'header:Content-Disposition':'attachment; filename=b.txt; size=5'|header:Content-Disposition|\" attachment; filename=b.txt; size=5\"",
                "'header:Content-Disposition':'attachment; filename=b.txt'|name|\"b.txt\"",
                "'header:Content-Disposition':'inline'|disposition|\"inline\"",
                "'header:Content-ID:asMessageIds':['c@d']|cid|\"c@d\"",
                "'header:Content-ID':'<c@d>'|cid|\"c@d\"",
                "'header:Content-Language':'de, en'|language|[\"de\",\"en\"]",
                "'header:Content-Location':'https://example.org/'|location|\"https://example.org/\"",
                "'header:Content-Duration':'5'|header:Content-Duration|\" 5\"",
            })
    void aPartIsGivenFieldsOfItsOwn(String fields, String property, String expected) throws Exception {
        var id = made(",'textBody':[{'partId':'1'," + fields + "}],'bodyValues':{'1':{'value':'x'}}");
        var part = house.call(
                        "Email/get",
                        "'ids':['" + id + "'],'properties':['bodyStructure'],'bodyProperties':['" + property + "']")
                .at("/list/0/bodyStructure");
        assertThat(part.get(property)).hasToString(expected);
    }

    @Test
    void aMultipartKeepsItsParametersButForTheBoundary() {
        var id = made(",'bodyStructure':{'header:Content-Type':'multipart/report; report-type=x; boundary=b',"
                + "'subParts':[{'partId':'1'}]},'bodyValues':{'1':{'value':'x'}}");
        var type = house.call(
                        "Email/get",
                        "'ids':['" + id + "'],'properties':['bodyStructure'],"
                                + "'bodyProperties':['header:Content-Type:asText']")
                .at("/list/0/bodyStructure/header:Content-Type:asText")
                .textValue();
        assertThat(type).startsWith("multipart/report; boundary=\"=_").endsWith("; report-type=x");
    }

    /** RFC 8621 §4.6: each of the constraints on what is created. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'headers':[]|headers",
                "'subject':'a','header:Subject:asText':'b'|header:Subject:asText",
                "'header:From:asDate':'2026-01-01T00:00:00Z'|header:From:asDate",
                "'header:Content-Type':'text/plain'|header:Content-Type",
                "'bodyStructure':{'partId':'1'},'textBody':[{'partId':'1'}],'bodyValues':{'1':{'value':''}}|textBody",
                "'subject':'a','bodyStructure':{'partId':'1','header:Subject':'b'},'bodyValues':{'1':{'value':''}}|header:Subject",
                "'textBody':[{'partId':'1'},{'partId':'1'}],'bodyValues':{'1':{'value':''}}|textBody",
                "'textBody':[{'partId':'1','type':'text/html'}],'bodyValues':{'1':{'value':''}}|textBody",
                "'htmlBody':[{'partId':'1','type':'text/plain'}],'bodyValues':{'1':{'value':''}}|htmlBody",
                "'textBody':[{'partId':'1','blobId':'u1'}],'bodyValues':{'1':{'value':''}}|textBody",
                "'textBody':[{'type':'text/plain'}]|textBody",
                "'textBody':[{'partId':'2'}],'bodyValues':{'1':{'value':''}}|textBody",
                "'textBody':[{'partId':'1','charset':'utf-8'}],'bodyValues':{'1':{'value':''}}|textBody",
                "'textBody':[{'partId':'1','size':1}],'bodyValues':{'1':{'value':''}}|textBody",
                "'textBody':[{'partId':'1','header:Content-Transfer-Encoding':'8bit'}],'bodyValues':{'1':{'value':''}}|textBody",
                "'textBody':[{'partId':'1','type':'text/plain','header:Content-Type':'text/plain'}],'bodyValues':{'1':{'value':''}}|textBody",
                "'textBody':[{'partId':'1','header:content-id':'<a@b>','header:Content-ID':'<a@b>'}],'bodyValues':{'1':{'value':''}}|header:Content-ID",
                "'textBody':[{'partId':'1','header:Content-ID':'<a@b> <c@d>'}],'bodyValues':{'1':{'value':''}}|header:Content-ID",
                "'textBody':[{'partId':'1','header:Content-ID:all':['<a@b>','<c@d>']}],'bodyValues':{'1':{'value':''}}|header:Content-ID:all",
                "'textBody':[{'partId':'1','header:Content-Type':'nonsense'}],'bodyValues':{'1':{'value':''}}|header:Content-Type",
                "'textBody':[{'partId':'1','header:Content-Type':'text/html'}],'bodyValues':{'1':{'value':''}}|textBody",
                "'textBody':[{'partId':'1','header:Content-Type:asURLs':['x:y']}],'bodyValues':{'1':{'value':''}}|header:Content-Type:asURLs",
                "'textBody':[{'partId':'1','name':'a','header:Content-Disposition':'inline'}],'bodyValues':{'1':{'value':''}}|textBody",
                "'textBody':[{'partId':'1','language':['de'],'header:Content-Language':'en'}],'bodyValues':{'1':{'value':''}}|textBody",
                "'textBody':[{'partId':'1','headers':[]}],'bodyValues':{'1':{'value':''}}|textBody",
                "'bodyValues':{'1':{'value':'','isTruncated':true}}|bodyValues",
                "'bodyValues':{'1':{'value':'','isEncodingProblem':true}}|bodyValues",
                "'bodyStructure':{'type':'multipart/mixed','subParts':[]}|bodyStructure",
                "'bodyStructure':{'type':'multipart/mixed','partId':'1'}|bodyStructure",
                "'bodyStructure':{'type':'nonsense','partId':'1'},'bodyValues':{'1':{'value':''}}|bodyStructure",
                "'bodyStructure':5|bodyStructure",
                "'keywords':{'a b':true}|keywords",
                "'keywords':{'a':false}|keywords",
                "'keywords':[]|keywords",
                "'receivedAt':'yesterday'|receivedAt",
                "'subject':'a\\r\\nBcc: evil@example.com'|subject",
                "'header:X-Raw':'a\\r\\nBcc: evil@example.com'|header:X-Raw",
                "'subject':5|subject",
                "'from':'x'|from",
                "'from':[{'name':'x'}]|from",
                "'sentAt':'nonsense'|sentAt",
                "'messageId':'x'|messageId",
                "'size':5|size",
                "'threadId':'t1'|threadId",
                "'preview':'x'|preview",
                "'colour':'red'|colour"
            })
    void whatIsWrongOfANewEmailIsNamed(String properties, String wrong) {
        var error = set("," + properties).at("/notCreated/n");
        assertThat(error.get("type").textValue()).isEqualTo("invalidProperties");
        assertThat(texts(error.get("properties"))).contains(wrong);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{}", "{'mzzzz':true}", "{'e1':true}", "{'#x':true}", "null", "{'{INBOX}':false}"})
    void anEmailIsInAMailboxOfItsAccount(String mailboxes) {
        var set = house.call("Email/set", "'create':{'n':{'mailboxIds':" + mailboxes.replace("{INBOX}", inbox) + "}}");
        assertThat(set.at("/notCreated/n/type").textValue()).isEqualTo("invalidProperties");
        assertThat(texts(set.at("/notCreated/n/properties"))).containsExactly("mailboxIds");
    }

    @Test
    void allBlobsThatAreMissingAreNamed() {
        var bobs = house.bobsMail(message("Secret")).replaceFirst("e", "b");
        var error = set(",'attachments':[{'blobId':'" + bobs + "'},{'blobId':'uzzzz'},{'blobId':'x'}]")
                .at("/notCreated/n");
        assertThat(error.get("type").textValue()).isEqualTo("blobNotFound");
        assertThat(texts(error.get("notFound"))).containsExactlyInAnyOrder(bobs, "uzzzz", "x");
    }

    /** RFC 8621 §4.6: a half-finished draft. */
    @Test
    void unfinishedAddressesAreKept() {
        var id = made(",'to':[{'name':'Bob','email':'bob'},{'email':'half@'}]");
        assertThat(get(id, "'header:To:asAddresses'").toString()).contains("Bob", "half@");
    }

    @Test
    void anAttachedMessageKeepsItsOctets() throws Exception {
        var original = house.mail("Subject: Inner\nX: \u00fcber\n\nText \u00fc\n");
        var blob = get(original, "'blobId'").get("blobId").textValue();
        var id = made(",'attachments':[{'blobId':'" + blob + "','type':'message/rfc822'}]");
        assertThat(source(id)).contains(source(original).strip());
        var part = house.call(
                        "Email/get", "'ids':['" + id + "'],'properties':['attachments'],'bodyProperties':['blobId']")
                .at("/list/0/attachments/0/blobId")
                .textValue();
        var parsed = house.call(
                "Email/parse",
                "'blobIds':['" + part
                        + "'],'properties':['subject','bodyValues','textBody'],'fetchTextBodyValues':true");
        assertThat(parsed.at("/parsed/" + part + "/subject").textValue()).isEqualTo("Inner");
        assertThat(parsed.at("/parsed/" + part + "/bodyValues/1/value").textValue())
                .startsWith("Text ü");
        var inner = parsed.at("/parsed/" + part + "/textBody/0/blobId").textValue();
        assertThat(new String(download(inner), StandardCharsets.UTF_8)).startsWith("Text ü");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'keywords/$flagged':true|$flagged $seen",
                "'keywords/$seen':null|``",
                "'keywords/$nothing':null|$seen",
                "'keywords':{'a':true}|a",
                "'keywords':null|``",
                "'keywords/$Flagged':true,'keywords/$seen':null|$flagged"
            })
    void keywordsArePatchedOrReplaced(String patch, String expected) {
        var id = house.mail(message("Hi"), JmapHouse.RECEIVED, Set.of("$seen"), "INBOX");
        var set = house.call("Email/set", "'update':{'" + id + "':{" + patch + "}}");
        assertThat(set.get("updated")).isEqualTo(json("{'" + id + "':null}"));
        assertThat(get(id, "'keywords'").get("keywords").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(expected.isEmpty() ? new String[0] : expected.split(" "));
    }

    @Test
    void mailboxesArePatchedOrReplaced() {
        var id = house.mail(message("Hi"));
        var archive = house.mailboxNamed("Archive");
        house.call("Email/set", "'update':{'" + id + "':{'mailboxIds/" + archive + "':true}}");
        assertThat(get(id, "'mailboxIds'").get("mailboxIds"))
                .isEqualTo(json("{'" + inbox + "':true,'" + archive + "':true}"));
        house.call("Email/set", "'update':{'" + id + "':{'mailboxIds/" + inbox + "':null}}");
        assertThat(get(id, "'mailboxIds'").get("mailboxIds")).isEqualTo(json("{'" + archive + "':true}"));
        house.call("Email/set", "'update':{'" + id + "':{'mailboxIds':{'" + inbox + "':true}}}");
        assertThat(get(id, "'mailboxIds'").get("mailboxIds")).isEqualTo(json("{'" + inbox + "':true}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'mailboxIds':{}|invalidProperties",
                "'mailboxIds/{INBOX}':null|invalidProperties",
                "'mailboxIds/mzzzz':true|invalidProperties",
                "'mailboxIds/{INBOX}':false|invalidProperties",
                "'keywords/a':1|invalidProperties",
                "'keywords/a/b':true|invalidPatch",
                "'keywords':{},'keywords/a':true|invalidPatch",
                "'keywords/a~':true|invalidPatch",
                "'subject':'other'|invalidProperties",
                "'size':1|invalidProperties",
                "'from/0/name':'x'|invalidPatch",
                "'nothing':null|invalidProperties"
            })
    void badPatchesChangeNothing(String patch, String type) {
        var id = house.mail(message("Hi"));
        var set = house.call(
                "Email/set",
                "'update':{'" + id + "':{'keywords/$flagged':true," + patch.replace("{INBOX}", inbox) + "}}");
        assertThat(set.at("/notUpdated/" + id + "/type").textValue()).isEqualTo(type);
        assertThat(get(id, "'keywords'").get("keywords")).isEmpty();
        assertThat(set.get("newState")).isEqualTo(set.get("oldState"));
    }

    /** RFC 8620 §5.3: it is not an error to include a server-set property whose value is identical. */
    @Test
    void aWholeObjectIsAValidPatch() {
        var id = house.mail(message("Hi"));
        var whole =
                house.call("Email/get", "'ids':['" + id + "']").at("/list/0").toString();
        var set = house.call("Email/set", "'update':{'" + id + "':" + whole + "}");
        assertThat(set.get("notUpdated").isNull()).as(set.toString()).isTrue();
    }

    @Test
    void whatIsDestroyedIsNotUpdated() {
        var id = house.mail(message("Hi"));
        var set = house.call(
                "Email/set", "'update':{'" + id + "':{'keywords/a':true}},'destroy':['" + id + "','" + id + "']");
        assertThat(set.at("/notUpdated/" + id + "/type").textValue()).isEqualTo("willDestroy");
        assertThat(texts(set.get("destroyed"))).containsExactly(id);
    }

    @Test
    void aStateThatIsNotTheNewestStopsTheCall() {
        var id = house.mail(message("Hi"));
        var state = house.call("Email/get", "'ids':[]").get("state").textValue();
        var set = house.call("Email/set", "'ifInState':'" + state + "','update':{'" + id + "':{'keywords/a':true}}");
        assertThat(set.get("oldState").textValue()).isEqualTo(state);
        assertThat(set.get("newState").textValue()).isNotEqualTo(state);
        assertThat(house.error("Email/set", "'ifInState':'" + state + "','destroy':['" + id + "']"))
                .isEqualTo("stateMismatch");
    }

    private String state() {
        return house.call("Email/get", "'ids':[]").get("state").textValue();
    }

    /** Somebody else flags an email, which is a state of its own. */
    private void flaggedBefore(int call, String id) {
        var email = new EmailId(IdKind.EMAIL.parse(id).orElseThrow());
        var flagged = new KeywordPatch(false, Set.of(new Keyword("$flagged")), Set.of());
        var account = house.account();
        house.interfereBefore(
                call,
                services -> services.get(Emails.class)
                        .update(account, List.of(new Emails.Update(email, flagged, Emails.MailboxPatch.NONE))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Email/set|'update':{'ID':{'keywords/a':true}}",
                "Email/set|'destroy':['ID']",
                "Email/set|'create':{'n':{'mailboxIds':{'INBOX':true}}}",
                "Mailbox/set|'create':{'n':{'name':'New'}}",
                "Email/import|'emails':{'n':{'blobId':'BLOB','mailboxIds':{'INBOX':true}}}"
            })
    void whatSomebodyElseChangesAfterTheLookStopsTheCall(String call) {
        var id = house.mail(message("Hi"));
        var arguments = call.substring(call.indexOf('|') + 1)
                .replace("ID'", id + "'")
                .replace("INBOX", inbox)
                .replace("BLOB", upload("Subject: x\r\n\r\nText"));
        var state = state();
        flaggedBefore(2, id);
        assertThat(house.error(call.substring(0, call.indexOf('|')), "'ifInState':'" + state + "'," + arguments))
                .isEqualTo("stateMismatch");
        assertThat(get(id, "'keywords'").get("keywords")).isEqualTo(json("{'$flagged':true}"));
        assertThat(texts(house.call("Email/query", "").get("ids"))).containsExactly(id);
    }

    @Test
    void whatSomebodyElseChangesHalfwayStopsTheRest() {
        var id = house.mail(message("Hi"));
        var other = house.mail(message("Other"));
        var state = state();
        flaggedBefore(3, id);
        assertThat(house.error(
                        "Email/set",
                        "'ifInState':'" + state + "','update':{'" + id + "':{'keywords/a':true}},'destroy':['" + other
                                + "']"))
                .isEqualTo("serverPartialFail");
        assertThat(texts(house.call("Email/query", "").get("ids"))).contains(other);
    }

    @Test
    void ofManyChangesToOneStateOneIsMade() throws Exception {
        var id = house.mail(message("Hi"));
        var state = state();
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var answers = new ArrayList<Future<String>>();
            for (int i = 0; i < 8; i++) {
                int number = i;
                answers.add(threads.submit(() -> {
                    start.await();
                    return house.run("['Email/set',{'accountId':'$','ifInState':'" + state + "','update':{'" + id
                                    + "':{'keywords/k" + number + "':true}}},'c']")
                            .at("/0/0")
                            .textValue();
                }));
            }
            start.countDown();
            var names = new ArrayList<String>();
            for (var answer : answers) {
                names.add(answer.get());
            }
            assertThat(names).containsOnlyOnce("Email/set");
        }
        assertThat(get(id, "'keywords'").get("keywords")).hasSize(1);
    }

    @Test
    void messagesAreImported() {
        var blob = upload("Received: by x; Thu, 1 Jan 2026 12:00:00 +0000\r\nSubject: \u00dcber\r\n\r\nText");
        var imported = house.call(
                "Email/import",
                "'emails':{'a':{'blobId':'" + blob + "','mailboxIds':{'" + inbox + "':true},'keywords':{'$seen':true}},"
                        + "'b':{'blobId':'" + blob + "','mailboxIds':{'" + inbox
                        + "':true},'receivedAt':'2020-01-01T00:00:00Z'}}");
        var a = get(imported.at("/created/a/id").textValue(), "'subject','receivedAt','keywords'");
        assertThat(a.get("subject").textValue()).isEqualTo("Über");
        assertThat(a.get("receivedAt").textValue()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(a.get("keywords")).isEqualTo(json("{'$seen':true}"));
        assertThat(get(imported.at("/created/b/id").textValue(), "'receivedAt'")
                        .get("receivedAt")
                        .textValue())
                .isEqualTo("2020-01-01T00:00:00Z");
        assertThat(imported.get("oldState")).isNotEqualTo(imported.get("newState"));
        assertThat(imported.get("notCreated").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'blobId':'uzzzz','mailboxIds':{'{INBOX}':true}|invalidProperties",
                "'blobId':5,'mailboxIds':{'{INBOX}':true}|invalidProperties",
                "'mailboxIds':{'{INBOX}':true}|invalidProperties",
                "'blobId':'{BLOB}'|invalidProperties",
                "'blobId':'{BLOB}','mailboxIds':{}|invalidProperties",
                "'blobId':'{GOOD}','mailboxIds':{'mzzzz':true}|invalidProperties",
                "'blobId':'{BLOB}','mailboxIds':{'{INBOX}':true},'keywords':{'a b':true}|invalidProperties",
                "'blobId':'{BLOB}','mailboxIds':{'{INBOX}':true},'subject':'x'|invalidProperties",
                "'blobId':'{BLOB}','mailboxIds':{'{INBOX}':true}|invalidEmail"
            })
    void whatCantBeImportedIsSaid(String email, String type) {
        var blob = upload("this is not an email");
        var good = upload("Subject: x\r\n\r\n");
        var imported = house.call(
                "Email/import",
                "'emails':{'a':{"
                        + email.replace("{INBOX}", inbox)
                                .replace("{BLOB}", blob)
                                .replace("{GOOD}", good) + "}}");
        assertThat(imported.at("/notCreated/a/type").textValue()).isEqualTo(type);
    }

    @Test
    void blobsAreParsedWithoutBeingStored() {
        var blob = upload("From: x@example.com\r\nSubject: Parse me\r\n\r\nThe body");
        var none = upload("no message at all");
        var parsed = house.call(
                "Email/parse",
                "'blobIds':['" + blob + "','" + none + "','uzzzz'],'properties':['id','blobId','threadId','mailboxIds',"
                        + "'keywords','receivedAt','size','subject','preview','bodyValues'],'fetchAllBodyValues':true");
        var email = parsed.at("/parsed/" + blob);
        for (var property : new String[] {"id", "threadId", "mailboxIds", "keywords", "receivedAt"}) {
            assertThat(email.get(property).isNull()).as(property).isTrue();
        }
        assertThat(email.get("subject").textValue()).isEqualTo("Parse me");
        assertThat(email.get("preview").textValue()).isEqualTo("The body");
        assertThat(email.at("/bodyValues/1/value").textValue()).isEqualTo("The body");
        assertThat(texts(parsed.get("notParsable"))).containsExactly(none);
        assertThat(texts(parsed.get("notFound"))).containsExactly("uzzzz");
    }

    @Test
    void copiesGoBetweenTwoAccounts() {
        var id = house.mail(message("Hi"));
        assertThat(house.error(
                        "Email/copy", "'fromAccountId':'" + house.ana() + "','create':{'x':{'id':'" + id + "'}}"))
                .isEqualTo("invalidArguments");
        assertThat(house.error("Email/copy", "'fromAccountId':'" + house.bob() + "','create':{}"))
                .isEqualTo("fromAccountNotFound");
    }

    /** As it will be where a user has two accounts. */
    @Test
    void aCopyHasItsOwnMailboxesAndKeepsTheRest() throws Exception {
        var id = house.mail(message("Hi"), JmapHouse.RECEIVED, Set.of("$seen"), "INBOX");
        var call = new Call(house.caller(), house.door(), house.platform(), new CreatedIds(Map.of()), Set.of());
        var bobs = house.bobsMailboxNamed("Archive");
        var copy = new EmailCopy();
        var made = copy.copy(
                house.account(),
                id,
                house.bobsAccount(),
                json("{'id':'" + id + "','mailboxIds':{'" + bobs + "':true}}"),
                call);
        assertThat(made.untold().fieldNames()).toIterable().containsExactly("id", "blobId", "threadId", "size");
        for (var wrong : new String[] {
            "{'id':'ezz','mailboxIds':{'" + bobs + "':true}}",
            "{'id':'" + id + "','mailboxIds':{'" + inbox + "':true}}",
            "{'id':'" + id + "'}",
            "{'id':'" + id + "','mailboxIds':{'" + bobs + "':true},'subject':'x'}"
        }) {
            var object = json(wrong);
            var refused = catchThrowableOfType(
                    SetException.class,
                    () -> copy.copy(house.account(), object.get("id").textValue(), house.bobsAccount(), object, call));
            assertThat(refused.error().type()).isIn("notFound", "invalidProperties");
        }
    }

    @Test
    void uploadsAreTheirAccountsAlone() throws Exception {
        var blob = upload(new byte[] {0, 1, (byte) 0xff}, "application/octet-stream");
        assertThat(download(blob)).isEqualTo(new byte[] {0, 1, (byte) 0xff});
        assertThat(house.api().download(house.caller(), house.bob(), blob)).isEmpty();
        for (var forged :
                new String[] {blob + "-1_1_1", blob + "-0", blob + "-01", blob + "-", "u", "b", "-1", blob + "-1-x"}) {
            assertThat(house.api().download(house.caller(), house.ana(), forged))
                    .as(forged)
                    .isEmpty();
        }
        assertThat(house.api()
                        .upload(house.caller(), house.bob(), "text/plain", -1, new ByteArrayInputStream(new byte[1])))
                .isEmpty();
        assertThat(house.spool.open.get()).isZero();
    }
}
