package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Push subscriptions (RFC 8620 §7.2); what is pushed is tried where a receiver can be had. */
final class PushSubscriptionRules extends Rules {
    PushSubscriptionRules(Jmap jmap) {
        super(jmap);
    }

    private Answers create(String more) {
        return jmap.run(Call.of(
                "PushSubscription/set",
                "'create':{'new':{'deviceClientId':?,'url':'https://push.example.com/x'," + more + "}}",
                unique("device")));
    }

    private JsonNode made(String more) {
        var answer = create(more).ok(0);
        assertThat(answer.at("/created/new/id").isTextual())
                .as(answer.toString())
                .isTrue();
        return answer.at("/created/new");
    }

    private void remove(String id) {
        destroy("PushSubscription/set", id);
    }

    @Rule("RFC 8620 §7.2.1")
    void theyBelongToNoAccountAndHaveNoState() {
        var answer = jmap.run(Call.of("PushSubscription/get", "'ids':[]")).ok(0);
        assertThat(names(answer)).containsExactlyInAnyOrder("list", "notFound");
        var set = jmap.run(Call.of("PushSubscription/set", "'destroy':['nothing']"))
                .ok(0);
        assertThat(names(set)).doesNotContain("accountId", "oldState", "newState");
        assertThat(set.at("/notDestroyed/nothing/type").asText()).isEqualTo("notFound");
    }

    @Rule("RFC 8620 §7.2.1")
    void addressAndKeysAreNeverAnswered() {
        var id = made("'types':['Email']").path("id").asText();
        var all = jmap.run(Call.of("PushSubscription/get", "'ids':[?]", id)).ok(0);
        assertThat(names(all.at("/list/0")))
                .containsExactlyInAnyOrder("id", "deviceClientId", "verificationCode", "expires", "types");
        for (var secret : new String[] {"url", "keys"}) {
            var refused = jmap.run(Call.of("PushSubscription/get", "'ids':[?],'properties':[?]", id, secret));
            assertThat(refused.error(0).path("type").asText()).isEqualTo("forbidden");
        }
        remove(id);
    }

    @Rule("RFC 8620 §7.2")
    void theAddressIsSecure() {
        var answer = jmap.run(Call.of(
                        "PushSubscription/set",
                        "'create':{'new':{'deviceClientId':'d','url':'http://push.example.com/x'}}"))
                .ok(0);
        assertThat(answer.at("/notCreated/new/type").asText()).isEqualTo("invalidProperties");
    }

    @Rule("RFC 8620 §7.2")
    void aCodeCannotBeGivenAtFirst() {
        var answer = create("'verificationCode':'abc'").ok(0);
        assertThat(answer.at("/notCreated/new/type").asText()).isEqualTo("invalidProperties");
    }

    @Rule("RFC 8620 §7.2.2")
    void aWrongCodeIsRefused() {
        var id = made("'types':null").path("id").asText();
        assertThat(updateRefusal("PushSubscription/set", id, "'verificationCode':'wrong'")
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
        remove(id);
    }

    @Rule("RFC 8620 §7.2.2")
    void theAddressCannotBeChanged() {
        var id = made("'types':null").path("id").asText();
        assertThat(updateRefusal("PushSubscription/set", id, "'url':'https://other.example.com/'")
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
        update("PushSubscription/set", id, "'types':['Mailbox']");
        remove(id);
    }

    @Rule("RFC 8620 §7.2")
    void theServersBoundOfTheLifeIsTwoDaysAtLeastAndTold() {
        var made = made("'expires':'2099-01-01T00:00:00Z'");
        var expires = Instant.parse(made.path("expires").asText());
        var answer = jmap.run(Call.of("PushSubscription/get", "'ids':[?]", made.path("id")))
                .ok(0);
        assertThat(answer.at("/list/0/expires").asText())
                .isEqualTo(made.path("expires").asText());
        assertThat(expires).isAfter(Clock.systemUTC().instant().plus(Duration.ofDays(2)));
        remove(made.path("id").asText());
    }

    @Rule("RFC 8620 §8.6")
    void thereIsALimitOfSubscriptions() {
        var made = new java.util.ArrayList<String>();
        var last = "";
        for (int i = 0; i < 200 && last.isEmpty(); i++) {
            var answer = create("'types':[]").ok(0);
            if (answer.at("/created/new/id").isTextual()) {
                made.add(answer.at("/created/new/id").asText());
            } else {
                last = answer.at("/notCreated/new/type").asText();
            }
        }
        made.forEach(this::remove);
        assertThat(last).isIn("overQuota", "rateLimit");
    }
}
