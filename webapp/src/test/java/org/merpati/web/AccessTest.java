package org.merpati.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.door.FailureKind;

class AccessTest {
    private static final String SESSION = "/jmap/session";

    @Test
    void passwordsAreTakenOverTls() throws Exception {
        try (var web = new Web(new FakeServer())) {
            assertThat(web.get(SESSION, Web.ANA).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void passwordsInTheClearAreRefusedUnreadAndNotAskedFor() throws Exception {
        var fake = new FakeServer();
        try (var web = new Web(fake)) {
            for (var authorization : new String[] {Web.ANA, ""}) {
                var response = web.plain(SESSION, authorization);
                assertThat(response.statusCode()).isEqualTo(403);
                assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
                assertThat(Web.json(response).get("detail").textValue()).contains("HTTPS");
            }
            assertThat(fake.signIns()).isZero();
        }
    }

    @Test
    void plaintextIsForLoopbackOnlyWhereItIsAllowed() throws Exception {
        try (var web = new Web(new FakeServer().with("auth.allow-plaintext", "true"))) {
            assertThat(web.plain(SESSION, Web.ANA).statusCode()).isEqualTo(200);
            assertThat(web.far(SESSION, Web.ANA).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void noHeaderMakesARequestSecureOrLocal() throws Exception {
        try (var web = new Web(new FakeServer())) {
            var request = Web.request(web.secureUri(SESSION), "GET", "", "", "");
            request.header("X-Forwarded-For", "127.0.0.1").header("Forwarded", "proto=https;for=127.0.0.1");
            assertThat(web.send(request).statusCode()).isEqualTo(401);
            assertThat(web.far(SESSION, Web.ANA).statusCode()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic !",
                "Basic YW5h",
                "Basic /////////+Do6",
                "Bearer x",
                "Digest a=b",
                "Basic YW5hOg=="
            })
    void whateverElseIsSentGetsAChallenge(String authorization) throws Exception {
        try (var web = new Web(new FakeServer())) {
            var response = web.get(SESSION, authorization);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Basic realm=\"Merpati\", charset=\"UTF-8\"");
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    @Test
    void unknownLoginsAndWrongPasswordsLookTheSame() throws Exception {
        try (var web = new Web(new FakeServer())) {
            var wrong = web.get(SESSION, Web.basic("ana@example.org", "x"));
            var unknown = web.get(SESSION, Web.basic("nobody@example.org", "x"));
            assertThat(wrong.body()).isEqualTo(unknown.body());
            assertThat(wrong.statusCode()).isEqualTo(unknown.statusCode());
        }
    }

    @Test
    void afterTenWrongPasswordsThereIsAWait() throws Exception {
        var fake = new FakeServer();
        try (var web = new Web(fake)) {
            for (int i = 0; i < 10; i++) {
                assertThat(web.get(SESSION, Web.basic("ana@example.org", "x" + i))
                                .statusCode())
                        .isEqualTo(401);
            }
            var refused = web.get(SESSION, Web.ANA);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(590L, 601L);
            assertThat(fake.signIns()).isEqualTo(10);
            assertThat(web.get("/api/server", Web.ADMIN).statusCode()).isEqualTo(200); // others are not kept waiting
            fake.later(Duration.ofMinutes(11));
            assertThat(web.get(SESSION, Web.ANA).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withoutLimitsNobodyWaits() throws Exception {
        try (var web = new Web(new FakeServer().with("limits.enabled", "false"))) {
            for (int i = 0; i < 20; i++) {
                web.get(SESSION, Web.basic("ana@example.org", "x"));
            }
            assertThat(web.get(SESSION, Web.ANA).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void administrationIsForAdministratorsAndTheOperator() throws Exception {
        try (var web = new Web(new FakeServer())) {
            assertThat(web.get("/api/domains", Web.ADMIN).statusCode()).isEqualTo(200);
            assertThat(web.get("/api/domains", Web.OPERATOR).statusCode()).isEqualTo(200);
            assertThat(web.get("/api/domains", Web.ANA).statusCode()).isEqualTo(403);
            assertThat(web.get("/api/domains", "").statusCode()).isEqualTo(401);
            assertThat(web.get("/api/domains", Web.OPERATOR + "x").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void theOperatorsTokenCrossesNoPlainNetwork() throws Exception {
        try (var web = new Web(new FakeServer())) {
            assertThat(web.plain("/api/domains", Web.OPERATOR).statusCode()).isEqualTo(200);
            assertThat(web.far("/api/domains", Web.OPERATOR).statusCode()).isEqualTo(403);
            assertThat(web.get(SESSION, Web.OPERATOR).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aDirectoryThatCantAnswerIsNoWrongPassword() throws Exception {
        var fake = new FakeServer();
        try (var web = new Web(fake)) {
            fake.failWith(FailureKind.NO_CONNECTION);
            var response = web.get(SESSION, Web.ANA);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        }
    }

    private static final String CHALLENGES = "Basic realm=\"Merpati\", charset=\"UTF-8\", Bearer realm=\"Merpati\"";

    @Test
    void aTokenIsJudgedEachTimeWhereSomebodyIssuesThem() throws Exception {
        var fake = new FakeServer().takingTokens();
        try (var web = new Web(fake)) {
            assertThat(web.get(SESSION, "Bearer anas").statusCode()).isEqualTo(200);
            assertThat(web.get(SESSION, "bearer anas").statusCode()).isEqualTo(200);
            assertThat(fake.signIns()).isEqualTo(2);
            assertThat(web.get(SESSION, Web.ANA).statusCode()).isEqualTo(200);
            assertThat(web.plain(SESSION, "Bearer anas").statusCode()).isEqualTo(403);
            assertThat(fake.signIns()).isEqualTo(3);
        }
    }

    @Test
    void aTokenThatIsNotGoodIsSaidSo() throws Exception { // RFC 6750 §3.1
        try (var web = new Web(new FakeServer().takingTokens())) {
            var refused = web.get(SESSION, "Bearer expired");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .hasValue(CHALLENGES + ", error=\"invalid_token\"");
            var nobody = web.get(SESSION, "");
            assertThat(nobody.statusCode()).isEqualTo(401);
            assertThat(nobody.headers().firstValue("WWW-Authenticate")).hasValue(CHALLENGES);
        }
    }

    @Test
    void administratorsMayComeWithATokenToo() throws Exception {
        try (var web = new Web(new FakeServer().takingTokens())) {
            assertThat(web.get("/api/domains", "Bearer admins").statusCode()).isEqualTo(200);
            assertThat(web.get("/api/domains", Web.OPERATOR).statusCode()).isEqualTo(200);
            assertThat(web.get("/api/domains", "Bearer anas").statusCode()).isEqualTo(403);
            assertThat(web.get("/api/domains", "Bearer wrong").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void wrongTokensAreNotLookedAtWithoutEnd() throws Exception {
        var fake = new FakeServer().takingTokens();
        try (var web = new Web(fake)) {
            for (int i = 0; i < 100; i++) {
                assertThat(web.get(SESSION, "Bearer wrong").statusCode()).isEqualTo(401);
            }
            assertThat(web.get(SESSION, "Bearer anas").statusCode()).isEqualTo(429);
            assertThat(fake.signIns()).isEqualTo(100);
            fake.later(Duration.ofMinutes(11));
            assertThat(web.get(SESSION, "Bearer anas").statusCode()).isEqualTo(200);
        }
    }
}
