package org.merpati.core.jmap.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.jmap.JmapHouse;
import org.merpati.core.store.LocalWatchers;
import org.merpati.core.store.Quotas;

/** RFC 8620 §7.1 over the real store. */
class StateFeedTest {
    private static final String[] MAIL = {"Mailbox", "Thread", "Email", "EmailDelivery"};

    private final JmapHouse house = JmapHouse.HOUSE;

    @BeforeEach
    void empty() {
        house.empty();
    }

    @AfterEach
    void recover() {
        house.recover();
    }

    private StateFeed feed(String... types) {
        return feed(Optional.empty(), types);
    }

    private StateFeed feed(Optional<PushState> since, String... types) {
        return house.api()
                .feed(house.caller(), types.length == 0 ? Optional.empty() : Optional.of(Set.of(types)), since)
                .orElseThrow();
    }

    private static Map<String, String> told(StateFeed feed) {
        return feed.next().map(change -> (Map<String, String>) change.changed()).orElse(Map.of());
    }

    private String state(String type) {
        return house.call(type + "/get", "'ids':[]").get("state").textValue();
    }

    @Test
    void newMailChangesAllAndTheStatesAreThoseOfGet() {
        try (var feed = feed()) {
            assertThat(feed.next()).isEmpty();
            house.mail(JmapHouse.message("one"));
            var told = told(feed);
            assertThat(told).containsOnlyKeys("Mailbox", "Thread", "Email", "EmailDelivery");
            for (var type : Set.of("Mailbox", "Thread", "Email")) {
                assertThat(told).containsEntry(type, state(type));
            }
            assertThat(feed.next()).isEmpty();
        }
    }

    @Test
    void aKeywordIsNoDelivery() { // RFC 8621 §1.5.1
        var email = house.mail(JmapHouse.message("one"));
        try (var all = feed();
                var deliveries = feed("EmailDelivery")) {
            house.call("Email/set", "'update':{'" + email + "':{'keywords/$flagged':true}}");
            assertThat(told(all)).containsKey("Email").doesNotContainKey("EmailDelivery");
            assertThat(told(deliveries)).isEmpty();
            house.mail(JmapHouse.message("two"));
            assertThat(told(deliveries)).containsOnlyKeys("EmailDelivery");
        }
    }

    @Test
    void aMailboxAloneIsNoEmail() {
        try (var feed = feed()) {
            house.call("Mailbox/set", "'create':{'x':{'name':'New'}}");
            assertThat(told(feed)).containsKey("Mailbox").doesNotContainKeys("Email", "EmailDelivery", "Quota");
        }
    }

    @Test
    void anIdentityIsToldAsSuch() {
        try (var feed = feed()) {
            house.answer("{'using':['urn:ietf:params:jmap:core','urn:ietf:params:jmap:submission'],'methodCalls':["
                    + "['Identity/set',{'accountId':'" + house.ana()
                    + "','create':{'x':{'email':'ana@example.org','name':'A'}}},'c']]}");
            assertThat(told(feed)).containsKey("Identity").doesNotContainKeys("Email", "EmailSubmission");
        }
    }

    @Test
    void theQuotaIsToldWhenItsUseChanges() { // RFC 9425 §6
        house.on(services -> services.get(Quotas.class)
                .limitAccount(
                        new EmailAddress("ana", "example.org"),
                        new Quotas.Limits(OptionalLong.empty(), OptionalLong.of(10))));
        var email = house.mail(JmapHouse.message("one"));
        try (var feed = feed("Quota")) {
            house.call("Email/set", "'update':{'" + email + "':{'keywords/$seen':true}}");
            assertThat(told(feed)).isEmpty();
            house.mail(JmapHouse.message("two"));
            assertThat(told(feed)).containsExactly(Map.entry("Quota", "count.2.10"));
        }
    }

    @Test
    void manyChangesAreOneAndWakeTheListenerEachTime() {
        var woken = new AtomicInteger();
        try (var feed = feed("Email")) {
            feed.onChange(woken::incrementAndGet);
            for (int i = 0; i < 5; i++) {
                house.mail(JmapHouse.message("mail " + i));
            }
            assertThat(woken.get()).isGreaterThanOrEqualTo(5);
            assertThat(told(feed)).containsExactly(Map.entry("Email", state("Email")));
            assertThat(feed.next()).isEmpty();
        }
    }

    @Test
    void whoComesAgainIsToldWhatItMissed() {
        PushState known;
        try (var feed = feed(MAIL)) {
            house.mail(JmapHouse.message("one"));
            known = feed.next().orElseThrow().all();
        }
        try (var feed = feed(Optional.of(known), MAIL)) {
            assertThat(feed.next()).as("nothing was missed").isEmpty();
        }
        var email = house.mail(JmapHouse.message("two"));
        try (var feed = feed(PushState.parse(known.toString()))) {
            assertThat(told(feed)).containsKeys("Email", "EmailDelivery");
            known = feed.state();
        }
        house.call("Email/set", "'update':{'" + email + "':{'keywords/$seen':true}}");
        try (var feed = feed(Optional.of(known))) {
            assertThat(told(feed)).containsKey("Email").doesNotContainKey("EmailDelivery");
        }
        try (var feed = feed(Optional.of(PushState.NOTHING))) {
            assertThat(told(feed))
                    .containsKeys(
                            "Mailbox",
                            "Thread",
                            "Email",
                            "EmailDelivery",
                            "Quota",
                            "Identity",
                            "EmailSubmission",
                            "VacationResponse");
        }
    }

    @Test
    void othersChangesAreNobodysBusiness() {
        try (var feed = feed()) {
            house.bobsMail(JmapHouse.message("secret"));
            assertThat(feed.next()).isEmpty();
        }
        assertThat(house.api().feed(new Principal.Administrator("admin"), Optional.empty(), Optional.empty()))
                .isEmpty();
    }

    @Test
    void nothingIsLostWhileTheStoreIsAway() {
        try (var feed = feed("Email")) {
            house.mail(JmapHouse.message("one"));
            house.failWith(FailureKind.NO_CONNECTION);
            assertThatThrownBy(feed::next).isInstanceOf(NotDone.class);
            assertThatThrownBy(feed::next).isInstanceOf(NotDone.class);
            house.recover();
            assertThat(told(feed)).containsKey("Email");
        }
    }

    @Test
    void aClosedFeedIsWatchingNoMore() {
        var watchers = (LocalWatchers) house.platform().watchers();
        feed().close();
        house.failWith(FailureKind.NO_CONNECTION);
        assertThatThrownBy(this::feed).isInstanceOf(NotDone.class);
        assertThat(watchers.open()).isZero();
    }

    @Test
    void aStateIsReadAsItWasWritten() {
        var states = new LinkedHashMap<>(Map.of("Email", "7", "Quota", "octets.1.2_count.3.4"));
        var text = new PushState(states).toString();
        assertThat(PushState.parse(text).orElseThrow().states()).isEqualTo(states);
        assertThat(PushState.parse("Email:7\nid: 8")).isEmpty();
        assertThat(PushState.parse("x".repeat(3000))).isEmpty();
    }
}
