package org.merpati.check.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The scenario in an application server that has another application, and what its administrator does to it. */
abstract class AdministeredScenario extends ContainerScenario {
    @Override
    Container open() throws IOException {
        var container = super.open();
        container.deployOther(Archives.otherWar(archives));
        return container;
    }

    @Test
    @Order(20)
    void undeployFreesThePorts() {
        home.undeploy();
        assertThat(Ports.listens(home.smtpPort())).isFalse();
        assertThat(Ports.listens(home.submissionPort())).isFalse();
        assertThat(Ports.listens(home.submissionsPort())).isFalse();
        assertThat(Ports.listens(home.lmtpPort())).isFalse();
        assertThat(Ports.listens(home.imapPort())).isFalse();
        assertThat(Ports.listens(home.imapsPort())).isFalse();
    }

    @Test
    @Order(21)
    void itIsDeployedAgainTwice() throws IOException {
        for (int round = 0; round < 2; round++) {
            home.deploy(Archives.ear());
            awaitReady();
            assertThat(deliver(SampleMessages.ascii("round " + round, 1000))).startsWith("250");
        }
        try (var imap = inbox()) {
            assertThat(new String(imap.message(1), UTF_8)).contains("Subject: four kilobytes\r\n");
        }
    }

    @Test
    @Order(22)
    void aPortChangedByTheAdministratorTakesEffect() throws IOException {
        int before = home.smtpPort();
        home.changeSmtpPort(Ports.free());
        awaitReady();
        assertThat(Ports.listens(before)).isFalse();
        assertThat(deliver(SampleMessages.ascii("by another door", 1000))).startsWith("250");
    }

    @Test
    @Order(23)
    void anotherApplicationWorksBesideIt() throws IOException {
        askOther();
    }

    private void askOther() throws IOException {
        var answer = new Web().get(home.https().resolve("/other/hello"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo(OtherServlet.ANSWER);
    }

    @Test
    @Order(24)
    void theSetUpRunAgainOnTheRunningServerLeavesItAtWork() throws IOException {
        home.setUp();
        awaitReady();
        assertThat(deliver(SampleMessages.ascii("still here", 1000))).startsWith("250");
        askOther();
    }
}
