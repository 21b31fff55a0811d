package org.merpati.core.jmap.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.Platform;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.jmap.JmapApi;
import org.merpati.core.jmap.JmapHouse;
import org.merpati.core.store.PushSubscriptions;

/** Pushes (RFC 8620 §7.2) to a receiver over HTTPS that decrypts them, as a device behind a push service would. */
@Timeout(60)
class PushDeliveryTest {
    private static final Duration FAR = Duration.ofHours(2);

    private final JmapHouse house = JmapHouse.HOUSE;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Instant now = JmapHouse.NOW;

    @TempDir
    Path folder;

    private PushReceiver receiver = unset();
    private JmapApi api = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before each test
    private static <T> T unset() {
        return null;
    }

    @BeforeEach
    void begin() throws Exception {
        house.empty();
        receiver = new PushReceiver(folder);
        api = api(Map.of("push.allow-private", "true"));
    }

    @AfterEach
    void end() {
        api.pushes().close();
        receiver.close();
        executor.shutdown();
    }

    private JmapApi api(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "data",
                "target/no-data",
                "hostname",
                "mail.example.org",
                "push.trusted-certificate",
                receiver.certificate().toString()));
        settings.putAll(more);
        var old = house.platform();
        var platform = new Platform(
                Config.from(settings, "test", Map.of(), new Properties()),
                old.blobs(),
                old.spool(),
                old.directory(),
                old.watchers(),
                () -> now);
        var made = new JmapApi(house.door(), platform);
        made.pushes().start(executor);
        return made;
    }

    private JsonNode set(String arguments) throws Exception {
        return house.answer(
                        "{'using':['urn:ietf:params:jmap:core'],'methodCalls':[['PushSubscription/set',{" + arguments
                                + "},'c']]}",
                        api)
                .at("/methodResponses/0/1");
    }

    private String subscribe(String more) throws Exception {
        return set("'create':{'x':{'deviceClientId':'d','url':'" + receiver.url() + "'" + more + "}}")
                .at("/created/x/id")
                .textValue();
    }

    private String keys() {
        return ",'keys':{'p256dh':'" + receiver.publicKey() + "','auth':'" + receiver.auth() + "'}";
    }

    /** Subscribes and verifies. */
    private String verified(String more) throws Exception {
        var id = subscribe(more);
        var code = receiver.next().json().get("verificationCode").textValue();
        assertThat(set("'update':{'" + id + "':{'verificationCode':'" + code + "'}}")
                        .get("updated")
                        .has(id))
                .isTrue();
        settle();
        return id;
    }

    /** Returns when nothing is under way any more. */
    private void settle() {
        while (!api.pushes().idle()) {
            Thread.onSpinWait();
        }
    }

    private void later(Duration time) {
        now = now.plus(time);
        api.pushes().tick(now);
    }

    @Test
    void aNewSubscriptionIsSentItsCodeAndNothingElseUntilItIsVerified() throws Exception {
        var id = subscribe("");
        var push = receiver.next();
        assertThat(push.json().get("@type").textValue()).isEqualTo("PushVerification");
        assertThat(push.json().get("pushSubscriptionId").textValue()).isEqualTo(id);
        assertThat(push.header("Content-Type")).isEqualTo("application/json");
        assertThat(push.header("Ttl")).isEqualTo("86400");
        assertThat(push.header("Urgency")).isEqualTo("high");
        assertThat(push.header("Content-Encoding")).isEmpty();
        house.mail(JmapHouse.message("one"));
        later(FAR);
        settle();
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void aChangeIsEncryptedForTheDeviceAndSignedByTheServer() throws Exception {
        verified(keys());
        house.mail(JmapHouse.message("one"));
        var push = receiver.next();
        assertThat(push.header("Content-Encoding")).isEqualTo("aes128gcm");
        assertThat(push.header("Urgency")).isEqualTo("normal");
        assertThat(push.header("Topic")).matches("[A-Za-z0-9_-]{1,32}");
        var session = api.session(house.caller(), URI.create("https://mail.example.org"))
                .json();
        var key = session.at("/capabilities/urn:ietf:params:jmap:webpush-vapid/applicationServerKey")
                .textValue();
        assertThat(push.header("Authorization")).startsWith("vapid t=").endsWith(", k=" + key);
        assertThat(push.json().get("@type").textValue()).isEqualTo("StateChange");
        assertThat(push.json().at("/changed/" + house.ana() + "/Email").textValue())
                .isEqualTo(house.call("Email/get", "'ids':[]").get("state").textValue());
    }

    @Test
    void onlyTheTypesThatItWantsAreTold() throws Exception {
        verified(",'types':['Thread']");
        var email = house.mail(JmapHouse.message("one"));
        assertThat(receiver.next().json().at("/changed/" + house.ana()).size()).isEqualTo(1);
        settle(); // else the pause after it would begin where time is then
        later(FAR);
        house.call("Email/set", "'update':{'" + email + "':{'keywords/$flagged':true}}");
        settle();
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void thereIsOnePushASecondWhichHasAllThatHappened() throws Exception {
        verified(",'types':['Email']");
        house.mail(JmapHouse.message("one"));
        receiver.next();
        house.mail(JmapHouse.message("two"));
        house.mail(JmapHouse.message("three"));
        settle();
        assertThat(receiver.waiting()).isZero();
        later(PushTask.THROTTLE);
        assertThat(receiver.next()
                        .json()
                        .at("/changed/" + house.ana() + "/Email")
                        .textValue())
                .isEqualTo(house.call("Email/get", "'ids':[]").get("state").textValue());
        later(FAR);
        settle();
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void whatFailsIsTriedThreeTimesMoreAndLater() throws Exception {
        verified(",'types':['Email']");
        receiver.answer(503);
        house.mail(JmapHouse.message("one"));
        receiver.next();
        for (int i = 0; i < PushTask.RETRIES; i++) {
            settle();
            later(Duration.ofMillis(500));
            settle();
            assertThat(receiver.waiting()).isZero();
            later(FAR);
            receiver.next();
        }
        settle();
        later(FAR);
        settle();
        assertThat(receiver.waiting()).isZero();
        receiver.answer(201);
        house.mail(JmapHouse.message("two"));
        receiver.next();
    }

    @Test
    void whoAsksToBeLeftAloneIs() throws Exception { // 429 with Retry-After
        verified(",'types':['Email']");
        receiver.answer(429);
        house.mail(JmapHouse.message("one"));
        receiver.next();
        receiver.answer(201);
        settle();
        later(Duration.ofSeconds(299));
        settle();
        assertThat(receiver.waiting()).isZero();
        later(Duration.ofSeconds(1));
        receiver.next();
    }

    @Test
    void goneIsGone() throws Exception {
        var id = verified(",'types':['Email']");
        receiver.answer(410);
        house.mail(JmapHouse.message("one"));
        receiver.next();
        settle();
        var number = IdKind.PUSH_SUBSCRIPTION.parse(id).orElseThrow();
        boolean there = house.on(
                services -> services.get(PushSubscriptions.class).find(number).isPresent());
        assertThat(there).isFalse();
    }

    @Test
    void aDestroyedSubscriptionIsLeftAlone() throws Exception {
        var id = verified(",'types':['Email']");
        set("'destroy':['" + id + "']");
        house.mail(JmapHouse.message("one"));
        settle();
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void aRestartKnowsThemAgain() throws Exception {
        verified(",'types':['Email']");
        api.pushes().close();
        api = api(Map.of("push.allow-private", "true"));
        settle();
        house.mail(JmapHouse.message("one"));
        assertThat(receiver.next().json().get("@type").textValue()).isEqualTo("StateChange");
    }

    @Test
    void redirectsLeadNowhere() throws Exception {
        receiver.answer(302);
        subscribe("");
        receiver.next();
        settle();
        later(FAR);
        settle();
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void theServersOwnNetworkIsNotCalled() throws Exception {
        api.pushes().close();
        api = api(Map.of());
        subscribe("");
        settle();
        later(FAR);
        settle();
        assertThat(receiver.waiting()).isZero();
    }
}
