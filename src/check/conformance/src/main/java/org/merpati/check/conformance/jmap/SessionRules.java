package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Who may come in and what the session says (RFC 8620 §1.7, §2). */
final class SessionRules extends Rules {
    SessionRules(Jmap jmap) {
        super(jmap);
    }

    @Rule("RFC 8620 §1.7")
    void nobodyGetsAnythingWithoutAName() throws IOException {
        var session = jmap.session();
        for (var address : List.of("/.well-known/jmap", "/jmap/session")) {
            var refused = jmap.anonymously("GET", address);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        }
        assertThat(jmap.anonymously("POST", session.path("apiUrl").asText()).statusCode())
                .isEqualTo(401);
        var upload = Jmap.expand(session.path("uploadUrl").asText(), "accountId", jmap.account());
        assertThat(jmap.anonymously("POST", upload).statusCode()).isEqualTo(401);
        var download = jmap.downloading(jmap.account(), "b", "n", "text/plain").build();
        assertThat(jmap.anonymously("GET", download.uri().toString()).statusCode())
                .isEqualTo(401);
        var events = session.path("eventSourceUrl").asText().replaceAll("\\{[a-z]+}", "0");
        assertThat(jmap.anonymously("GET", events).statusCode()).isEqualTo(401);
    }

    @Rule({"RFC 8620 §2", "RFC 8620 §2.2", "RFC 8620 §8.3"})
    void theWellKnownAddressLeadsToASessionThatIsJson() throws IOException {
        var answer = jmap.get("/.well-known/jmap");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(names(Jmap.json(answer)))
                .contains(
                        "capabilities",
                        "accounts",
                        "primaryAccounts",
                        "username",
                        "apiUrl",
                        "downloadUrl",
                        "uploadUrl",
                        "eventSourceUrl",
                        "state");
    }

    @Rule("RFC 8620 §2")
    void theSessionIsNotKeptByCaches() throws IOException {
        assertThat(jmap.get("/jmap/session").headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
    }

    @Rule("RFC 8620 §2")
    void theCoreCapabilityIsThereWithAllItsLimits() {
        var core = jmap.core();
        for (var limit : List.of(
                "maxSizeUpload",
                "maxConcurrentUpload",
                "maxSizeRequest",
                "maxConcurrentRequests",
                "maxCallsInRequest",
                "maxObjectsInGet",
                "maxObjectsInSet")) {
            assertThat(core.path(limit).isIntegralNumber()).as(limit).isTrue();
            assertThat(core.path(limit).asLong()).as(limit).isPositive();
        }
        assertThat(core.path("collationAlgorithms").isArray()).isTrue();
    }

    @Rule("RFC 8620 §2")
    void theLimitsAreAtLeastThoseSuggested() {
        var core = jmap.core();
        assertThat(core.path("maxSizeUpload").asLong()).isGreaterThanOrEqualTo(50_000_000);
        assertThat(core.path("maxConcurrentUpload").asLong()).isGreaterThanOrEqualTo(4);
        assertThat(core.path("maxSizeRequest").asLong()).isGreaterThanOrEqualTo(10_000_000);
        assertThat(core.path("maxConcurrentRequests").asLong()).isGreaterThanOrEqualTo(4);
        assertThat(core.path("maxCallsInRequest").asLong()).isGreaterThanOrEqualTo(16);
        assertThat(core.path("maxObjectsInGet").asLong()).isGreaterThanOrEqualTo(500);
        assertThat(core.path("maxObjectsInSet").asLong()).isGreaterThanOrEqualTo(500);
    }

    @Rule("RFC 8620 §1.8")
    void aCapabilityIsNamedByARegisteredNameOrAnAddress() {
        assertThat(names(jmap.session().path("capabilities")))
                .allMatch(name -> name.startsWith("urn:ietf:params:jmap:") || name.startsWith("https://"));
    }

    @Rule({"RFC 8620 §2", "RFC 8621 §1.4"})
    void anAccountHasTheCapabilitiesWhoseMethodsItMayUse() {
        var account = jmap.session().path("accounts").path(jmap.account());
        assertThat(account.path("name").isTextual()).isTrue();
        assertThat(account.path("isPersonal").asBoolean()).isTrue();
        assertThat(account.path("isReadOnly").isBoolean()).isTrue();
        assertThat(names(account.path("accountCapabilities")))
                .contains(Jmap.MAIL, Jmap.SUBMISSION, Jmap.VACATION)
                .isSubsetOf(names(jmap.session().path("capabilities")));
        assertThat(names(jmap.session().path("capabilities"))).contains(Jmap.MAIL, Jmap.SUBMISSION, Jmap.VACATION);
    }

    @Rule("RFC 8620 §2")
    void primaryAccountsAreAccountsOfTheSession() {
        var primary = jmap.session().path("primaryAccounts");
        primary.forEach(id -> assertThat(names(jmap.session().path("accounts"))).contains(id.asText()));
        assertThat(names(primary)).doesNotContain(Jmap.CORE);
    }

    @Rule({"RFC 8620 §2", "RFC 8620 §6.1", "RFC 8620 §6.2", "RFC 8620 §7.3"})
    void addressesAreAbsoluteAndHaveTheirVariables() {
        var session = jmap.session();
        for (var name : List.of("apiUrl", "downloadUrl", "uploadUrl", "eventSourceUrl")) {
            var address = session.path(name).asText().replaceAll("[{}]", "");
            assertThat(URI.create(address).isAbsolute()).as(address).isTrue();
        }
        assertThat(session.path("downloadUrl").asText())
                .contains("{accountId}", "{blobId}", "{name}")
                .matches(".*\\?.*\\{type}.*");
        assertThat(session.path("uploadUrl").asText()).contains("{accountId}");
        assertThat(session.path("eventSourceUrl").asText()).contains("{types}", "{closeafter}", "{ping}");
        assertThat(session.path("username").asText()).isEqualTo(jmap.user());
    }

    @Rule({"RFC 8620 §2", "RFC 8620 §3.4"})
    void theSessionsStateIsInEveryResponse() {
        var answer = jmap.run(Call.of("Core/echo", "")).response();
        assertThat(answer.path("sessionState").asText())
                .isEqualTo(jmap.session().path("state").asText())
                .isNotEmpty();
    }

    @Rule("RFC 8620 §1.2")
    void idsAreOfTheSafeAlphabet() {
        var safe = "[A-Za-z0-9_-]{1,255}";
        assertThat(jmap.account()).matches(safe);
        var box = mailbox();
        var mail = mail(box, message("ids"));
        var email = email(mail, "threadId", "blobId");
        assertThat(List.of(
                        box,
                        mail,
                        email.path("threadId").asText(),
                        email.path("blobId").asText()))
                .allSatisfy(id -> assertThat(id).matches(safe).matches("[A-Za-z].*"));
    }
}
