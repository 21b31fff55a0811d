package org.merpati.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.door.FailureKind;

class CheckOverHttpTest {
    private final FakeServer fake = new FakeServer();
    private final Web web = new Web(fake);

    CheckOverHttpTest() throws Exception {}

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void findingsComeOneALineAndASummaryEndsThem() throws Exception {
        var answer = web.send("POST", "/api/check", Web.ADMIN, "{}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/x-ndjson");
        assertThat(answer.body().lines())
                .containsExactly(
                        "{\"finding\":{\"kind\":\"uid-next\",\"account\":\"ana@example.org\",\"what\":\"uid_next of INBOX\","
                                + "\"expected\":\"more than 3\",\"found\":\"3\",\"repaired\":false}}",
                        "{\"summary\":{\"accounts\":1,\"messages\":3,\"blobs\":1,\"findings\":1,\"repaired\":0,"
                                + "\"unusedBlobs\":0,\"unusedOctets\":0,\"expiredUploads\":2,\"removedAccounts\":3,"
                                + "\"deadOctets\":0,\"orphanedSegments\":0,\"clean\":false}}");
    }

    @Test
    void aRepairSaysWhatItHasRepaired() throws Exception {
        var answer = web.send("POST", "/api/check", Web.OPERATOR, "{\"repair\":true}");
        assertThat(answer.body()).contains("\"repaired\":true").contains("\"clean\":true");
    }

    @Test
    void aDeepCheckReadsTheOctets() throws Exception {
        var answer = web.send("POST", "/api/check", Web.ADMIN, "{\"deep\":true}");
        assertThat(answer.body()).contains("\"kind\":\"blob\"").contains("another SHA-256");
    }

    @Test
    void onlyAdministratorsMayAsk() throws Exception {
        assertThat(web.send("POST", "/api/check", Web.ANA, "{}").statusCode()).isEqualTo(403);
        assertThat(web.send("POST", "/api/check", "", "{}").statusCode()).isEqualTo(401);
    }

    @Test
    void whatTheBodyMustNotSayIsRefusedBeforeTheCheck() throws Exception {
        assertThat(web.send("POST", "/api/check", Web.ADMIN, "{\"repair\":\"yes\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(web.send("POST", "/api/check", Web.ADMIN, "{\"remove\":true}")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void aStoreThatCantAnswerEndsTheLinesWithAnError() throws Exception {
        fake.failWith(FailureKind.NO_CONNECTION);
        var answer = web.send("POST", "/api/check", Web.OPERATOR, "{}");
        assertThat(answer.body().lines().reduce((first, second) -> second).orElse(""))
                .startsWith("{\"error\":{\"detail\":\"The store can't answer now");
        fake.failWith(null);
        assertThat(web.send("POST", "/api/check", Web.OPERATOR, "{}").body()).contains("summary");
    }
}
