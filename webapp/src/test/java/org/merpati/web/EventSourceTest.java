package org.merpati.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;

/** RFC 8620 §7.3, over HTTP. */
@Timeout(30)
class EventSourceTest {
    private static final String ALL = "/jmap/eventsource/?types=*&closeafter=no&ping=0";
    private static final String ANAS = IdKind.ACCOUNT.id(FakeStore.ANA.value());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeServer server = new FakeServer().with("push.streams-per-user", "3");
    private final Web web;

    EventSourceTest() throws Exception {
        web = new Web(server);
    }

    @AfterEach
    void close() {
        web.close();
    }

    /** What a client sees of a stream; comments are skipped. */
    private static final class Events implements AutoCloseable {
        private final BufferedReader in;

        Events(InputStream in) throws IOException {
            this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            assertThat(this.in.readLine()).isEqualTo(":"); // it is open now
            assertThat(this.in.readLine()).isEmpty();
        }

        /** Empty at the end. */
        Map<String, String> next() throws IOException {
            var fields = new HashMap<String, String>();
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    fields.put(line.substring(0, colon), line.substring(colon + 2));
                } else if (line.isEmpty() && !fields.isEmpty()) {
                    return fields;
                }
            }
            return Map.of();
        }

        JsonNode changed() throws IOException {
            var event = next();
            assertThat(event).containsEntry("event", "state").containsKey("id");
            var data = JSON.readTree(event.get("data"));
            assertThat(data.get("@type").textValue()).isEqualTo("StateChange");
            return data.at("/changed/" + ANAS);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private Events open(String path, String... headers) throws Exception {
        var response = web.stream(path, Web.ANA, headers);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        return new Events(response.body());
    }

    private void change() {
        server.changed(server.store.change(false));
    }

    private static List<String> names(JsonNode changed) {
        var names = new ArrayList<String>();
        changed.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void aChangeIsToldWithTheStateThatGetGives() throws Exception {
        try (var events = open(ALL)) {
            change();
            var changed = events.changed();
            assertThat(names(changed)).containsExactly("Email");
            var get = web.send("POST", "/jmap/api", Web.ANA, """
                    {"using":["urn:ietf:params:jmap:core","urn:ietf:params:jmap:mail"],
                     "methodCalls":[["Email/changes",{"accountId":"%s","sinceState":"7"},"c"]]}""".formatted(ANAS));
            assertThat(changed.get("Email")).isEqualTo(Web.json(get).at("/methodResponses/0/1/newState"));
        }
    }

    @Test
    void aNewPasswordEndsIt() throws Exception {
        try (var events = open(ALL)) {
            server.changed(new Change(FakeStore.ANA, new ModSeq(7), Set.of(Change.Kind.CREDENTIALS)));
            assertThat(events.next()).isEmpty();
        }
    }

    @Test
    void newMailIsADeliveryAndAFlagIsNone() throws Exception { // RFC 8621 §1.5
        try (var events = open("/jmap/eventsource/?types=EmailDelivery&closeafter=no&ping=0")) {
            change();
            server.changed(server.store.change(true));
            assertThat(events.changed().get("EmailDelivery").textValue()).isEqualTo("9");
        }
    }

    @Test
    void onlyTheTypesAskedForAreTold() throws Exception {
        try (var events = open("/jmap/eventsource/?types=Email,Foo&closeafter=no&ping=0")) {
            server.changed(server.store.change(true));
            assertThat(names(events.changed())).containsExactly("Email");
        }
    }

    @Test
    void itEndsAfterAStateWhereThatIsWanted() throws Exception {
        try (var events = open("/jmap/eventsource/?types=*&closeafter=state&ping=0")) {
            change();
            events.changed();
            assertThat(events.next()).isEmpty();
        }
        assertThat(server.watches()).isZero();
    }

    @Test
    void whatWasMissedIsToldAtOnce() throws Exception {
        String id;
        try (var events = open(ALL)) {
            change();
            id = events.next().getOrDefault("id", "");
        }
        server.store.change(true);
        try (var events = open(ALL, "Last-Event-ID", id)) {
            assertThat(names(events.changed()))
                    .contains("Email", "EmailDelivery")
                    .doesNotContain("Quota");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "Email:7,Email:8", "Email=7", "Email:7,"})
    void anIdThatIsNoneIsAClientThatKnowsNothing(String id) throws Exception {
        try (var events = open(ALL, "Last-Event-ID", id)) {
            assertThat(names(events.changed())).contains("Mailbox", "Thread", "Email", "EmailDelivery", "Quota");
        }
    }

    @Test
    void pingsComeInTheirTimeAndHaveNoId() throws Exception {
        try (var events = open("/jmap/eventsource/?types=*&closeafter=no&ping=40")) {
            server.later(Duration.ofSeconds(40));
            var ping = events.next();
            assertThat(ping).containsEntry("event", "ping").doesNotContainKey("id");
            assertThat(JSON.readTree(ping.get("data")).get("interval").intValue())
                    .isEqualTo(40);
        }
    }

    @Test
    void aPingIsNoMoreOftenThanEveryFiveSeconds() throws Exception {
        try (var events = open("/jmap/eventsource/?types=*&closeafter=no&ping=1")) {
            server.later(Duration.ofSeconds(5));
            assertThat(JSON.readTree(events.next().get("data")).get("interval").intValue())
                    .isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "types=*&closeafter=no",
                "types=*&closeafter=maybe&ping=0",
                "types=*&closeafter=no&ping=-1",
                "types=*&closeafter=no&ping=99999999999",
                "types=*,Email&closeafter=no&ping=0",
                "types=&closeafter=no&ping=0",
                "types=a%0ab&closeafter=no&ping=0"
            })
    void whatIsNoRequestIsRefused(String query) throws Exception {
        var response = web.get("/jmap/eventsource/?" + query, Web.ANA);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void onlyWhoHasAnAccountMayListen() throws Exception {
        var anonymous = web.get(ALL, "");
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(web.get(ALL, Web.ADMIN).statusCode()).isEqualTo(403);
        assertThat(web.plain(ALL, Web.ANA).statusCode()).isEqualTo(403);
        assertThat(server.watches()).isZero();
    }

    @Test
    void aUsersStreamsAreCountedAndFreedWhenTheyEnd() throws Exception {
        var once = "/jmap/eventsource/?types=*&closeafter=state&ping=0";
        try (var one = open(once);
                var two = open(once);
                var three = open(once)) {
            assertThat(web.get(once, Web.ANA).statusCode()).isEqualTo(429);
            change();
            for (var events : List.of(one, two, three)) {
                events.changed();
                assertThat(events.next()).isEmpty();
            }
        }
        open(once).close();
    }

    @Test
    void whileTheStoreDoesNotAnswerNothingIsLost() throws Exception {
        try (var events = open(ALL)) {
            server.failWith(FailureKind.NO_CONNECTION);
            change();
            server.failWith(null);
            assertThat(names(events.changed())).containsExactly("Email");
        }
    }

    @Test
    void aSilentStreamOutlivesTheServersIdleTime() throws Exception {
        web.idleTimeout(Duration.ofMillis(200));
        try (var events = open(ALL)) {
            assertThat(new CountDownLatch(1).await(1, TimeUnit.SECONDS)).isFalse();
            change();
            events.changed();
        }
    }

    @Test
    void aStreamEndsAfterSomeHours() throws Exception {
        try (var events = open(ALL)) {
            server.later(Duration.ofHours(6));
            assertThat(events.next()).isEmpty();
        }
        assertThat(server.watches()).isZero();
    }

    @Test
    void allEndWhenTheServerStops() throws Exception {
        try (var one = open(ALL);
                var two = open(ALL)) {
            web.eventSource.destroy();
            assertThat(one.next()).isEmpty();
            assertThat(two.next()).isEmpty();
            assertThat(server.watches()).isZero();
            assertThat(web.get(ALL, Web.ANA).statusCode()).isEqualTo(503);
        }
    }
}
