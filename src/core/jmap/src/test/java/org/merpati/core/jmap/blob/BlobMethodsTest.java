package org.merpati.core.jmap.blob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.core.jmap.JmapHouse;

/** Blob/copy (RFC 8620 §6.3) and Blob/upload, get and lookup (RFC 9404). */
class BlobMethodsTest {
    private final JmapHouse house = JmapHouse.HOUSE;

    @BeforeEach
    void empty() {
        house.empty();
    }

    private JsonNode run(String calls) {
        return house.answer(
                        "{'using':['urn:ietf:params:jmap:core','urn:ietf:params:jmap:mail','urn:ietf:params:jmap:blob'],"
                                + "'methodCalls':[" + calls.replace("$", house.ana()) + "]}")
                .get("methodResponses");
    }

    private JsonNode upload(String data) {
        return run("['Blob/upload',{'accountId':'$','create':{'x':{'data':" + data + "}}},'u']")
                .get(0)
                .get(1);
    }

    private JsonNode get(String data, String arguments) {
        var answers = run("['Blob/upload',{'accountId':'$','create':{'x':{'data':" + data + "}}},'u'],"
                + "['Blob/get',{'accountId':'$','ids':['#x']" + arguments + "},'g']");
        return answers.get(1).get(1).at("/list/0");
    }

    private static String base64(byte... octets) {
        return "[{'data:asBase64':'" + Base64.getEncoder().encodeToString(octets) + "'}]";
    }

    @Test
    void theAccountSaysWhatItTakes() {
        var session =
                house.api().session(house.caller(), URI.create("https://x")).json();
        assertThat(session.at("/capabilities/urn:ietf:params:jmap:blob").isEmpty())
                .isTrue();
        var account = session.at("/accounts/" + house.ana() + "/accountCapabilities/urn:ietf:params:jmap:blob");
        assertThat(account.get("maxSizeBlobSet").longValue()).isEqualTo(50_000_000);
        assertThat(account.get("maxDataSources").intValue()).isGreaterThanOrEqualTo(64);
        assertThat(JmapHouse.texts(account.get("supportedTypeNames"))).containsExactly("Mailbox", "Thread", "Email");
        assertThat(JmapHouse.texts(account.get("supportedDigestAlgorithms"))).containsExactly("sha-256", "sha");
    }

    @Test
    void textsRangesAndBase64AreOneBlob() { // the example of RFC 9404 §4.1.2
        var answers = run("['Blob/upload',{'accountId':'$','create':{'b4':{'data':["
                + "{'data:asText':'The quick brown fox jumped over the lazy dog.'}]}}},'S4'],"
                + "['Blob/upload',{'accountId':'$','create':{'cat':{'data':[{'data:asText':'How'},"
                + "{'blobId':'#b4','length':7,'offset':3},{'data:asText':'was t'},"
                + "{'blobId':'#b4','length':1,'offset':1},{'data:asBase64':'YXQ/'}]}}},'CAT'],"
                + "['Blob/get',{'accountId':'$','properties':['data:asText','size'],'ids':['#cat']},'G4']");
        var cat = answers.get(1).get(1);
        assertThat(cat.at("/created/cat/size").intValue()).isEqualTo(19);
        assertThat(cat.get("oldState").isNull()).isTrue();
        assertThat(cat.get("notCreated").isNull()).isTrue();
        var got = answers.get(2).get(1);
        assertThat(got.at("/list/0/data:asText").textValue()).isEqualTo("How quick was that?");
        assertThat(got.at("/list/0/id")).isEqualTo(cat.at("/created/cat/id"));
        assertThat(got.get("notFound").isEmpty()).isTrue();
    }

    @Test
    void anEmptyBlobIsOne() {
        var made = upload("[]").at("/created/x");
        assertThat(made.get("size").intValue()).isZero();
        assertThat(made.get("type").textValue()).isEqualTo("application/octet-stream");
        assertThat(get("[]", "").get("data:asText").textValue()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{'data:asBase64':'YX@/'}] | invalidProperties",
                "[{'data:asBase64':'YX='}] | invalidProperties",
                "[{'data:asText':'a','data:asBase64':'YXQ/'}] | invalidProperties",
                "[{'data:asText':'a','offset':1}] | invalidProperties",
                "[{}] | invalidProperties",
                "['a'] | invalidProperties",
                "'a' | invalidProperties",
                "[{'data:asText':7}] | invalidProperties",
                "[{'blobId':'#nothing'}] | blobNotFound",
                "[{'blobId':'u7777777'}] | blobNotFound",
                "[{'blobId':'#four','offset':5}] | invalidProperties",
                "[{'blobId':'#four','offset':2,'length':3}] | invalidProperties",
                "[{'blobId':'#four','offset':-1}] | invalidProperties",
                "[{'blobId':'#four','offset':1.5}] | invalidProperties"
            })
    void wrongSourcesMakeNoBlob(String data, String error) {
        var answers = run("['Blob/upload',{'accountId':'$','create':{'four':{'data':[{'data:asText':'four'}]}}},'a'],"
                + "['Blob/upload',{'accountId':'$','create':{'x':{'data':" + data + "}}},'u']");
        var answer = answers.get(1).get(1);
        assertThat(answer.get("created").isNull()).isTrue();
        assertThat(answer.at("/notCreated/x/type").textValue()).isEqualTo(error);
    }

    @Test
    void aRangeMayEndWhereTheBlobEnds() {
        var answers = run("['Blob/upload',{'accountId':'$','create':{'four':{'data':[{'data:asText':'four'}]}}},'a'],"
                + "['Blob/upload',{'accountId':'$','create':{'x':{'data':[{'blobId':'#four','offset':4},"
                + "{'blobId':'#four','offset':1,'length':3}]}}},'u']");
        assertThat(answers.get(1).get(1).at("/created/x/size").intValue()).isEqualTo(3);
    }

    @Test
    void fewOctetsCanNotAskForMany() {
        var big = "{'data:asText':'" + "x".repeat(1_000_000) + "'}";
        var many = "{'blobId':'#b'},".repeat(50);
        var tooLarge = run("['Blob/upload',{'accountId':'$','create':{'b':{'data':[" + big + "]}}},'a'],"
                + "['Blob/upload',{'accountId':'$','create':{'x':{'data':[" + many + "{'data:asText':'y'}]}}},'u']");
        assertThat(tooLarge.get(1).get(1).at("/notCreated/x/type").textValue()).isEqualTo("tooLarge");

        var fifty = "{'data':[" + many.substring(0, many.length() - 1) + "]}";
        var budget = run("['Blob/upload',{'accountId':'$','create':{'b':{'data':[" + big + "]}}},'a'],"
                + "['Blob/upload',{'accountId':'$','create':{'x':" + fifty + ",'y':" + fifty + ",'z':" + fifty
                + "}},'u']");
        assertThat(budget.get(1).get(1).get("created").size()).isEqualTo(2);
        assertThat(budget.get(1).get(1).at("/notCreated/z/type").textValue()).isEqualTo("rateLimit");
        var read = run("['Blob/upload',{'accountId':'$','create':{'b':{'data':[" + big + "]}}},'a'],"
                + "['Blob/upload',{'accountId':'$','create':{'x':" + fifty + ",'y':" + fifty + "}},'u'],"
                + "['Blob/get',{'accountId':'$','ids':['#x','#y','#b'],'properties':['digest:sha']},'g'],"
                + "['Blob/get',{'accountId':'$','ids':['#x','#y','#b'],'properties':['size']},'s']");
        assertThat(read.get(2).get(1).get("type").textValue()).isEqualTo("requestTooLarge");
        assertThat(read.get(3).get(1).get("list").size()).isEqualTo(3);
    }

    @Test
    void octetsThatAreNoTextComeAsBase64() { // RFC 9404 §4.2.2
        var b1 = "[{'data:asBase64':'VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wZWQgb3ZlciB0aGUggYEgZG9nLg=='}]";
        var g1 = get(b1, "");
        assertThat(g1.get("isEncodingProblem").booleanValue()).isTrue();
        assertThat(g1.get("data:asBase64").textValue())
                .isEqualTo("VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wZWQgb3ZlciB0aGUggYEgZG9nLg==");
        assertThat(g1.get("size").intValue()).isEqualTo(43);
        var g2 = get(b1, ",'properties':['data:asText','size']");
        assertThat(g2.get("isEncodingProblem").booleanValue()).isTrue();
        assertThat(g2.get("data:asText").isNull()).isTrue();
        assertThat(g2.has("data:asBase64")).isFalse();
        var g3 = get(b1, ",'properties':['data:asBase64']");
        assertThat(g3.has("isEncodingProblem")).isFalse();
        var g4 = get(b1, ",'offset':0,'length':5");
        assertThat(g4.get("data:asText").textValue()).isEqualTo("The q");
        assertThat(g4.has("isEncodingProblem")).isFalse();
        var g5 = get(b1, ",'offset':20,'length':100");
        assertThat(g5.get("isTruncated").booleanValue()).isTrue();
        assertThat(g5.get("isEncodingProblem").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"offset\":5', '', false",
        "'\"offset\":6', '', true",
        "'\"offset\":9007199254740991,\"length\":9007199254740991', '', true",
        "'\"offset\":2', llo, false",
        "'\"offset\":2,\"length\":0', '', false",
        "'\"length\":5', hello, false",
        "'\"length\":6', hello, true"
    })
    void whatIsAskedForBeyondTheEndIsTruncated(String range, String text, boolean truncated) {
        var got = get("[{'data:asText':'hello'}]", "," + range);
        assertThat(got.get("data:asText").textValue()).isEqualTo(text);
        assertThat(got.path("isTruncated").booleanValue()).isEqualTo(truncated);
        assertThat(got.get("size").intValue()).isEqualTo(5);
    }

    @Test
    void digestsAreThoseOfTheRange() { // RFC 9404 §4.2.1
        var fox = "[{'data:asText':'The quick brown fox jumped over the lazy dog.'}]";
        assertThat(get(fox, ",'properties':['digest:sha']").get("digest:sha").textValue())
                .isEqualTo("wIVPufsDxBzOOALLDSIFKebu+U4=");
        var range = get(fox, ",'properties':['digest:sha','digest:sha-256'],'offset':4,'length':9");
        assertThat(range.get("digest:sha").textValue()).isEqualTo("QiRAPtfyX8K6tm1iOAtZ87Xj3Ww=");
        assertThat(range.get("digest:sha-256").textValue()).isEqualTo("gdg9INW7lwHK6OQ9u0dwDz2ZY/gubi0En0xlFpKt0OA=");
        assertThat(range.has("size")).isFalse();
    }

    @Test
    void longTextComesBackAsItWas() {
        var text = "a\u00e4\u20ac\ud83d\udd4a\ufe0f".repeat(20_000);
        assertThat(get("[{'data:asText':'" + text + "'}]", "")
                        .get("data:asText")
                        .textValue())
                .isEqualTo(text);
    }

    @Test
    void halfACharacterIsNoText() {
        var got = get(base64((byte) 'a', (byte) 0xe2, (byte) 0x82, (byte) 0xac), ",'offset':0,'length':2");
        assertThat(got.get("isEncodingProblem").booleanValue()).isTrue();
        assertThat(got.get("data:asBase64").textValue()).isEqualTo("YeI=");
    }

    @Test
    void otherPropertiesAndAllBlobsAreRefused() {
        assertThat(run("['Blob/get',{'accountId':'$','ids':[],'properties':['digest:md5']},'g']")
                        .at("/0/1/type")
                        .textValue())
                .isEqualTo("invalidArguments");
        assertThat(run("['Blob/get',{'accountId':'$'},'g']").at("/0/1/type").textValue())
                .isEqualTo("invalidArguments");
    }

    @Test
    void foreignBlobsAreNotFound() {
        var foreign = house.bobsMail(JmapHouse.message("secret")).replaceFirst("e", "b");
        var got = run("['Blob/get',{'accountId':'$','ids':['" + foreign + "','x']},'g']")
                .get(0)
                .get(1);
        assertThat(JmapHouse.texts(got.get("notFound"))).containsExactly(foreign, "x");
        var copied = run("['Blob/copy',{'fromAccountId':'" + house.bob() + "','accountId':'$','blobIds':['" + foreign
                + "']},'c']");
        assertThat(copied.at("/0/1/type").textValue()).isEqualTo("fromAccountNotFound");
    }

    @Test
    void aCopyWithinTheAccountIsTheBlobItself() {
        var blob = house.mail(JmapHouse.message("one")).replaceFirst("e", "b");
        var copied = run("['Blob/copy',{'fromAccountId':'$','accountId':'$','blobIds':['" + blob + "','bzzzz']},'c']")
                .get(0)
                .get(1);
        assertThat(copied.at("/copied/" + blob).textValue()).isEqualTo(blob);
        assertThat(copied.at("/notCopied/bzzzz/type").textValue()).isEqualTo("notFound");
        assertThat(run("['Blob/copy',{'fromAccountId':'$','accountId':'" + house.bob() + "','blobIds':[]},'c']")
                        .at("/0/1/type")
                        .textValue())
                .isEqualTo("accountNotFound");
    }

    @Test
    void anUploadIsInNothingAndAMessageWhereItIs() {
        var email = house.mail(JmapHouse.message("one"), "INBOX", "Archive");
        var blob = email.replaceFirst("e", "b");
        var part = blob + "-1";
        var answers = run("['Blob/upload',{'accountId':'$','create':{'x':{'data':[]}}},'u'],"
                + "['Blob/lookup',{'accountId':'$','typeNames':['Mailbox','Thread','Email'],'ids':['" + blob + "','"
                + part + "','#x','" + blob + "-9','bzzzz']},'l']");
        var found = answers.get(1).get(1);
        for (int i = 0; i < 2; i++) {
            var matched = found.at("/list/" + i + "/matchedIds");
            assertThat(JmapHouse.texts(matched.get("Email"))).containsExactly(email);
            assertThat(JmapHouse.texts(matched.get("Mailbox")))
                    .containsExactlyInAnyOrder(house.mailboxNamed("INBOX"), house.mailboxNamed("Archive"));
            assertThat(matched.get("Thread").size()).isEqualTo(1);
        }
        for (int i = 2; i < 5; i++) { // RFC 9404 §4.3: an empty list for each type, whatever it is
            assertThat(found.at("/list/" + i + "/matchedIds/Email").isArray()).isTrue();
            assertThat(found.at("/list/" + i + "/matchedIds/Email").isEmpty()).isTrue();
        }
        assertThat(JmapHouse.texts(found.get("notFound"))).containsExactly(blob + "-9", "bzzzz");
    }

    @Test
    void typesAreLookedForOnlyWithTheirCapability() {
        var request = "{'using':['urn:ietf:params:jmap:core','urn:ietf:params:jmap:blob'],'methodCalls':["
                + "['Blob/lookup',{'accountId':'" + house.ana() + "','typeNames':['Email'],'ids':[]},'l']]}";
        assertThat(house.answer(request).at("/methodResponses/0/1/type").textValue())
                .isEqualTo("unknownDataType");
        assertThat(run("['Blob/lookup',{'accountId':'$','typeNames':['Quota'],'ids':[]},'l']")
                        .at("/0/1/type")
                        .textValue())
                .isEqualTo("unknownDataType");
    }

    @Test
    void blobMethodsNeedTheirCapability() {
        assertThat(house.run("['Blob/upload',{'accountId':'$','create':{}},'u']")
                        .at("/0/1/type")
                        .textValue())
                .isEqualTo("unknownMethod");
    }
}
