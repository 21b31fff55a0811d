package org.merpati.core.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.IdKind;
import org.merpati.lib.jmap.RequestException;
import org.merpati.lib.jmap.ResponseWriter;

class JmapApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final URI BASE = URI.create("https://mail.example.org");
    private static final Principal ANA = new Principal.User(new AccountId(10), new EmailAddress("ana", "example.org"));
    private static final String ANAS = IdKind.ACCOUNT.id(10);
    private static final String BOBS = IdKind.ACCOUNT.id(11);

    private final FakeMail mail = new FakeMail();
    private final JmapApi api = new JmapApi(mail, true);

    @BeforeEach
    void someMail() {
        mail.add(10, 501, 1, "2026-11-20T10:00:00Z");
        mail.add(10, 502, 2, "2026-11-20T12:00:00.250Z");
        mail.add(10, 503, 1, "2026-11-20T11:00:00Z");
        mail.add(11, 504, 3, "2026-11-20T13:00:00Z");
    }

    /** Runs these calls, written with single quotes. */
    private JsonNode run(String calls) throws Exception {
        return answer(
                "{'using':['urn:ietf:params:jmap:core','urn:ietf:params:jmap:mail'],'methodCalls':[" + calls + "]}");
    }

    private JsonNode answer(String request) throws Exception {
        var out = new ByteArrayOutputStream();
        ResponseWriter.write(api.run(body(request.replace('\'', '"')), ANA, BASE), out);
        return JSON.readTree(out.toByteArray());
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode response(JsonNode answer, int index) {
        return answer.get("methodResponses").get(index);
    }

    private String errorOf(String call) throws Exception {
        var response = response(run(call), 0);
        assertThat(response.get(0).textValue()).isEqualTo("error");
        return response.get(1).get("type").textValue();
    }

    private static String ids(int... numbers) {
        return IntStream.of(numbers).mapToObj(IdKind.EMAIL::id).collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }

    @Test
    void echoGivesBackItsArguments() throws Exception {
        var answer = run("['Core/echo',{'hello':true,'high':5},'b3ff']");
        assertThat(response(answer, 0))
                .isEqualTo(JSON.readTree("[\"Core/echo\",{\"hello\":true,\"high\":5},\"b3ff\"]"));
        assertThat(answer.get("sessionState").textValue())
                .isEqualTo(api.session(ANA, BASE).state());
        assertThat(answer.has("createdIds")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'filter':null | 502,503,501 | 0",
                "'sort':[{'property':'receivedAt'}] | 501,503,502 | 0",
                "'sort':[{'property':'receivedAt','isAscending':false}],'position':1,'limit':1 | 503 | 1",
                "'position':-1 | 501 | 2",
                "'position':-9 | 502,503,501 | 0",
                "'filter':{'inMailbox':'mb'} | 503,501 | 0",
                "'filter':{'inMailbox':'md'} | `` | 0",
                "'position':7 | `` | 7",
                "'limit':0 | `` | 0"
            })
    void queryFiltersSortsAndCuts(String arguments, String expected, int position) throws Exception {
        var result = response(run("['Email/query',{'accountId':'" + ANAS + "'," + arguments + "},'q']"), 0);
        var wanted = expected.isEmpty()
                ? JSON.createArrayNode()
                : JSON.readTree(ids(Arrays.stream(expected.split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray()));
        assertThat(result.get(1).get("ids")).isEqualTo(wanted);
        assertThat(result.get(1).get("position").intValue()).isEqualTo(position);
        assertThat(result.get(1).has("total")).isFalse();
    }

    @Test
    void queryCountsOnRequestAndSaysWhereItsLimitIs() throws Exception {
        var result = response(run("['Email/query',{'accountId':'" + ANAS + "','calculateTotal':true},'q']"), 0)
                .get(1);
        assertThat(result.get("total").intValue()).isEqualTo(3);
        assertThat(result.get("limit").intValue()).isEqualTo(500);
        assertThat(result.get("canCalculateChanges").booleanValue()).isFalse();
        assertThat(result.get("queryState").textValue()).isEqualTo("5");
    }

    @Test
    void getGivesEveryPropertyByDefault() throws Exception {
        var result = response(
                run("['Email/get',{'accountId':'" + ANAS + "','ids':['" + IdKind.EMAIL.id(502) + "']},'g']"), 0);
        assertThat(result.get(1)).isEqualTo(JSON.readTree("""
                {"accountId":"%s","state":"5","list":[{"id":"%s","blobId":"%s","threadId":"%s","mailboxIds":{"mc":true},
                 "keywords":{"$seen":true},"size":602,"receivedAt":"2026-11-20T12:00:00.250Z"}],"notFound":[]}""".formatted(
                        ANAS, IdKind.EMAIL.id(502), IdKind.BLOB.id(502), IdKind.THREAD.id(502))));
    }

    @Test
    void getGivesTheWantedPropertiesAndTheIdAlways() throws Exception {
        var result = response(
                run("['Email/get',{'accountId':'" + ANAS + "','ids':" + ids(501) + ",'properties':['size']},'g']"), 0);
        assertThat(result.get(1).get("list").get(0))
                .isEqualTo(JSON.readTree("{\"id\":\"" + IdKind.EMAIL.id(501) + "\",\"size\":601}"));
    }

    @Test
    void foreignUnknownAndForgedIdsAreAllNotFoundAndSaidOnce() throws Exception {
        var foreign = IdKind.EMAIL.id(504);
        var result = response(
                run("['Email/get',{'accountId':'" + ANAS + "','ids':['" + foreign + "','e1','" + IdKind.MAILBOX.id(501)
                        + "','','" + foreign + "']},'g']"),
                0);
        assertThat(result.get(1).get("list")).isEmpty();
        assertThat(result.get(1).get("notFound"))
                .isEqualTo(JSON.readTree("[\"" + foreign + "\",\"e1\",\"" + IdKind.MAILBOX.id(501) + "\",\"\"]"));
    }

    @Test
    void anIdGivenTwiceIsAnsweredOnce() throws Exception {
        var result =
                response(run("['Email/get',{'accountId':'" + ANAS + "','ids':" + ids(501, 501, 503) + "},'g']"), 0);
        assertThat(result.get(1).get("list")).hasSize(2);
    }

    @Test
    void allIdsAreGivenWhileTheyFitTheLimit() throws Exception {
        assertThat(response(run("['Email/get',{'accountId':'" + ANAS + "','ids':null},'g']"), 0)
                        .get(1)
                        .get("list"))
                .hasSize(3);
        for (int id = 1000; id < 1500; id++) {
            mail.add(10, id, 1, "2026-11-20T10:00:00Z");
        }
        assertThat(errorOf("['Email/get',{'accountId':'" + ANAS + "'},'g']")).isEqualTo("requestTooLarge");
    }

    @Test
    void moreIdsThanAnnouncedAreRefusedBeforeTheStoreIsAsked() throws Exception {
        var many = ids(IntStream.range(0, 501).toArray());
        assertThat(errorOf("['Email/get',{'accountId':'" + ANAS + "','ids':" + many + "},'g']"))
                .isEqualTo("requestTooLarge");
        assertThat(mail.calls()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['Email/get',{'accountId':'$','ids':[],'properties':['subject']},'g'] | invalidArguments",
                "['Email/get',{'accountId':'$','ids':'e'},'g'] | invalidArguments",
                "['Email/get',{'accountId':'$','ids':[1]},'g'] | invalidArguments",
                "['Email/get',{'accountId':'$','ids':[],'bodyProperties':[]},'g'] | invalidArguments",
                "['Email/get',{'ids':[]},'g'] | invalidArguments",
                "['Email/get',{'accountId':null,'ids':[]},'g'] | invalidArguments",
                "['Email/query',{'accountId':'$','filter':{'inMailbox':'e'}},'g'] | invalidArguments",
                "['Email/query',{'accountId':'$','filter':{'text':'x'}},'g'] | unsupportedFilter",
                "['Email/query',{'accountId':'$','sort':[{'property':'size'}]},'g'] | unsupportedSort",
                "['Email/set',{'accountId':'$'},'g'] | unknownMethod",
                "['email/get',{'accountId':'$'},'g'] | unknownMethod",
                "['Email/get',{'accountId':'$','#ids':{'resultOf':'x','name':'y','path':'/z'}},'g'] | invalidResultReference"
            })
    void wrongCallsAreRefusedByTheirErrors(String call, String type) throws Exception {
        assertThat(errorOf(call.replace("$", ANAS))).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"Email/get", "Email/query", "Mailbox/get"})
    void anotherAccountIsNotFoundWhetherItExistsOrNot(String method) throws Exception {
        for (var account : new String[] {BOBS, IdKind.ACCOUNT.id(99), "A" + ANAS.substring(1), "", "x"}) {
            assertThat(errorOf("['" + method + "',{'accountId':'" + account + "'},'g']"))
                    .isEqualTo("accountNotFound");
        }
        assertThat(mail.calls()).isZero();
    }

    @Test
    void administratorsHaveNoAccount() throws Exception {
        var admin = new Principal.Administrator("admin");
        var request = "{\"using\":[\"urn:ietf:params:jmap:mail\"],\"methodCalls\":[[\"Email/query\",{\"accountId\":\""
                + ANAS + "\"},\"q\"]]}";
        var response = api.run(body(request), admin, BASE).methodResponses().getFirst();
        assertThat(response.arguments().get("type").textValue()).isEqualTo("accountNotFound");
        assertThat(api.session(admin, BASE).json().get("accounts")).isEmpty();
    }

    @Test
    void aMethodNeedsItsCapability() throws Exception {
        var answer = answer("{'using':['urn:ietf:params:jmap:mail'],'methodCalls':[['Core/echo',{},'c']]}");
        assertThat(response(answer, 0).get(1).get("type").textValue()).isEqualTo("unknownMethod");
    }

    @Test
    void anUnknownCapabilityRefusesTheRequest() {
        var refused = catchThrowableOfType(
                RequestException.class, () -> answer("{'using':['urn:x'],'methodCalls':[['Core/echo',{},'c']]}"));
        assertThat(refused.error().type()).isEqualTo("unknownCapability");
    }

    @Test
    void aQuerysIdsFeedTheGetAfterIt() throws Exception {
        var answer = run("['Email/query',{'accountId':'" + ANAS + "'},'a'],['Email/get',{'accountId':'" + ANAS
                + "','#ids':{'resultOf':'a','name':'Email/query','path':'/ids'},'properties':['threadId']},'b'],"
                + "['Core/echo',{'#x':{'resultOf':'b','name':'Email/get','path':'/list/*/threadId'}},'c']");
        assertThat(response(answer, 1).get(1).get("list")).hasSize(3);
        assertThat(response(answer, 2).get(1).get("x").get(0).textValue()).isEqualTo(IdKind.THREAD.id(502));
    }

    @Test
    void afterAFailedCallTheNextOneRuns() throws Exception {
        var answer = run("['Nothing/here',{},'a'],['Core/echo',{'x':1},'b']");
        assertThat(response(answer, 0).get(1).get("type").textValue()).isEqualTo("unknownMethod");
        assertThat(response(answer, 1).get(1).get("x").intValue()).isEqualTo(1);
    }

    @Test
    void mailboxesAreFoundByRole() throws Exception {
        var result = response(run("['Mailbox/get',{'accountId':'" + ANAS + "'},'m']"), 0)
                .get(1);
        assertThat(result.get("list").get(0))
                .isEqualTo(JSON.readTree(
                        "{\"id\":\"mb\",\"name\":\"INBOX\",\"role\":\"inbox\",\"sortOrder\":0,\"totalEmails\":8,"
                                + "\"unreadEmails\":3,\"isSubscribed\":true}"));
        assertThat(result.get("list").get(1).get("role").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"BUG, serverFail", "NO_CONNECTION, serverUnavailable", "UNAVAILABLE, serverUnavailable"})
    void aStoreThatFailsIsAnErrorOfTheCallAlone(FailureKind kind, String type) throws Exception {
        mail.failWith(kind);
        var answer = run("['Email/query',{'accountId':'" + ANAS + "'},'a'],['Core/echo',{},'b']");
        assertThat(response(answer, 0).get(1).get("type").textValue()).isEqualTo(type);
        assertThat(response(answer, 1).get(0).textValue()).isEqualTo("Core/echo");
    }

    @Test
    void aBlobIsFoundInItsOwnAccountOnly() {
        assertThat(api.message(ANA, ANAS, IdKind.BLOB.id(501))).isPresent();
        assertThat(api.message(ANA, ANAS, IdKind.BLOB.id(504))).isEmpty();
        assertThat(api.message(ANA, BOBS, IdKind.BLOB.id(504))).isEmpty();
        assertThat(api.message(ANA, ANAS, IdKind.EMAIL.id(501))).isEmpty();
    }

    @Test
    void theSessionsStateChangesWithTheSessionOnly() {
        var state = api.session(ANA, BASE).state();
        assertThat(api.session(ANA, BASE).state()).isEqualTo(state);
        assertThat(api.session(ANA, URI.create("https://other.example")).state())
                .isNotEqualTo(state);
        var bob = new Principal.User(new AccountId(11), new EmailAddress("bob", "example.org"));
        assertThat(api.session(bob, BASE).state()).isNotEqualTo(state);
    }

    @Test
    void theSessionNamesEverythingTheRfcWants() {
        var session = api.session(ANA, BASE).json();
        assertThat(session.get("capabilities")
                        .get("urn:ietf:params:jmap:core")
                        .get("maxSizeRequest")
                        .longValue())
                .isEqualTo(10_000_000);
        assertThat(session.get("accounts").get(ANAS).get("accountCapabilities").has("urn:ietf:params:jmap:mail"))
                .isTrue();
        assertThat(session.get("primaryAccounts")
                        .get("urn:ietf:params:jmap:mail")
                        .textValue())
                .isEqualTo(ANAS);
        assertThat(session.get("apiUrl").textValue()).isEqualTo("https://mail.example.org/jmap/api");
        assertThat(session.get("downloadUrl").textValue())
                .contains("{accountId}", "{blobId}", "{name}", "?type={type}");
        assertThat(session.get("uploadUrl").textValue()).contains("{accountId}");
        assertThat(session.get("eventSourceUrl").textValue()).contains("{types}", "{closeafter}", "{ping}");
        assertThat(session.get("username").textValue()).isEqualTo("ana@example.org");
    }

    @ParameterizedTest
    @CsvSource({"10000001, maxSizeRequest", "9999999, maxSizeRequest"})
    void tenMegabytesOfAnythingAreBounded(int size, String limit) {
        var start = "{\"using\":[],\"methodCalls\":[[\"Core/echo\",{\"x\":[0";
        var text = start + ",0".repeat((size - start.length() - 8) / 2) + "]},\"c\"]]}";
        var refused = catchThrowableOfType(RequestException.class, () -> api.run(body(text), ANA, BASE));
        assertThat(refused.error().toJson().get("limit").textValue()).isEqualTo(limit);
    }

    @Test
    void aStringOfAlmostTenMegabytesIsEchoed() throws Exception {
        var answer = run("['Core/echo',{'x':'" + "y".repeat(9_900_000) + "'},'c']");
        assertThat(response(answer, 0).get(1).get("x").textValue()).hasSize(9_900_000);
    }

    @Test
    void nestingOfAThousandIsNoRequest() {
        var text = "{\"using\":[],\"methodCalls\":" + "[".repeat(1000) + "]".repeat(1000) + "}";
        var refused = catchThrowableOfType(RequestException.class, () -> api.run(body(text), ANA, BASE));
        assertThat(refused.error().type()).isEqualTo("notJSON");
    }

    @Test
    void anAccountsRequestsAtOnceAreLimited() throws Exception {
        var release = new CountDownLatch(1);
        var waiting = new CountDownLatch(Limits.CONCURRENT_REQUESTS);
        var threads = IntStream.range(0, Limits.CONCURRENT_REQUESTS)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    try {
                        api.run(new Held(waiting, release), ANA, BASE);
                    } catch (IOException | RequestException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        waiting.await();
        var refused = catchThrowableOfType(RequestException.class, () -> run("['Core/echo',{},'c']"));
        assertThat(refused.error().toJson().get("limit").textValue()).isEqualTo("maxConcurrentRequests");
        release.countDown();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(response(run("['Core/echo',{},'c']"), 0).get(0).textValue()).isEqualTo("Core/echo");
    }

    /** A body whose client takes its time. */
    private static final class Held extends InputStream {
        private final InputStream body = body("{\"using\":[],\"methodCalls\":[]}");
        private final CountDownLatch waiting;
        private final CountDownLatch release;
        private boolean started;

        Held(CountDownLatch waiting, CountDownLatch release) {
            this.waiting = waiting;
            this.release = release;
        }

        @Override
        public int read() throws IOException {
            if (!started) {
                started = true;
                waiting.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            return body.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int octet = length == 0 ? -1 : read();
            if (octet >= 0) {
                into[offset] = (byte) octet;
            }
            return octet < 0 ? -1 : 1;
        }
    }
}
