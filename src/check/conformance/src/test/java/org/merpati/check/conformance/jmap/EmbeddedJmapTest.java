package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The rules in the home that is quick to start; the check of containers runs them in each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedJmapTest {
    private final ServerForClients server = new ServerForClients(Map.of("smtp.max-message", "1MB"));

    EmbeddedJmapTest() throws IOException {}

    @AfterAll
    void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicContainer> everyRuleIsKept() throws IOException {
        return JmapRules.of(server.jmap());
    }

    /** RFC 8621 §7.5. */
    @Test
    void aMailTooLargeToSendIsRefusedWithTheLimit() throws IOException {
        var jmap = server.jmap();
        var box = jmap.run(Call.of("Mailbox/set", "'create':{'b':{'name':'Large'}}"))
                .ok(0)
                .at("/created/b/id")
                .asText();
        var message = "From: " + ServerForClients.ANI + "\r\nTo: " + ServerForClients.ANI + "\r\n\r\n"
                + ("x".repeat(70) + "\r\n").repeat(20_000);
        var blob = jmap.upload("message/rfc822", message.getBytes(StandardCharsets.US_ASCII));
        var answers = jmap.run(
                Call.of("Identity/get", "'ids':null"),
                Call.of("Email/import", "'emails':{'m':{'blobId':?,'mailboxIds':{?:true}}}", blob.path("blobId"), box));
        var refused = jmap.run(Call.of(
                        "EmailSubmission/set",
                        "'create':{'s':{'identityId':?,'emailId':?}}",
                        answers.ok(0).at("/list/0/id"),
                        answers.ok(1).at("/created/m/id")))
                .ok(0)
                .at("/notCreated/s");
        assertThat(refused.path("type").asText()).isEqualTo("tooLarge");
        assertThat(refused.path("maxSize").asLong()).isEqualTo(1 << 20);
    }
}
