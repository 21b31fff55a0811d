package org.merpati.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.session.StoppingException;
import org.merpati.core.api.spool.Spooled;
import org.merpati.core.smtp.ScriptedConnection.Event;
import org.merpati.core.transport.Addressee;
import org.merpati.core.transport.Addressee.Dsn;
import org.merpati.core.transport.Client;
import org.merpati.core.transport.Envelope;
import org.merpati.core.transport.Receipt;
import org.merpati.core.transport.Reception;

class SmtpProtocolTest {
    private static final String ONE_MESSAGE = String.join(
            "\r\n",
            "MAIL FROM:<\"a b\"@example.net>",
            "RCPT TO:<alice@example.org>",
            "RCPT TO:<BOB@example.org>",
            "RCPT TO:<ALICE@example.org>",
            "DATA",
            "hello",
            ".",
            "");

    private final Fixture world = new Fixture();

    @Test
    void theEnvelopeHasWhatTheClientSaid() throws IOException {
        world.serve("EHLO client.example.net\r\n" + ONE_MESSAGE);

        var alice = new Recipient.Local(new AccountId(1), new EmailAddress("alice", "example.org"));
        var bob = new Recipient.Local(new AccountId(2), new EmailAddress("bob", "example.org"));
        var connection = ScriptedConnection.of("");
        assertThat(world.envelopes)
                .containsExactly(new Envelope(
                        "\"a b\"@example.net",
                        List.of(new Addressee(alice), new Addressee(bob, "BOB@example.org", Dsn.USUAL)),
                        new Client("client.example.net", connection.peer().getAddress(), "ESMTP")));
    }

    @Test
    void theEnvelopeHasEachAddressOnceWithTheAccountsBehindIt() throws IOException {
        world.lists.put("team@example.org", List.of(1L, 2L, 2L));
        var to = List.of("team@example.org", "alice@example.org", "Team@example.org");
        world.serve("HELO c\r\nMAIL FROM:<>\r\n"
                + to.stream().map(one -> "RCPT TO:<" + one + ">\r\n").collect(Collectors.joining())
                + "DATA\r\nhello\r\n.\r\n");

        var recipients = world.envelopes.getFirst().addressees().stream()
                .map(Addressee::recipient)
                .toList();
        assertThat(recipients)
                .extracting(recipient -> recipient.address().localPart())
                .containsExactly("team", "alice");
        assertThat(recipients.getFirst().accounts()).containsExactly(new AccountId(1), new AccountId(2));
    }

    @Test
    void theProtocolWordTellsHeloAndTlsApart() throws IOException {
        world.serve("HELO c\r\n" + ONE_MESSAGE);
        var secure = ScriptedConnection.of("EHLO c\r\n" + ONE_MESSAGE);
        secure.secure = true;
        world.protocol().serve(secure);

        assertThat(world.envelopes)
                .extracting(envelope -> envelope.client().protocol())
                .containsExactly("SMTP", "ESMTPS");
    }

    @Test
    void tenThousandPipelinedCommandsAreAllAnswered() throws IOException {
        var answer = world.serve("HELO c\r\n" + "NOOP\r\n".repeat(5_000) + "RSET\r\n".repeat(5_000) + "QUIT\r\n");

        assertThat(answer.split("\r\n", -1)).hasSize(10_000 + 4);
        assertThat(answer).endsWith("250 2.0.0 Reset\r\n221 2.0.0 mx.example.org closes the connection\r\n");
    }

    @Test
    void repliesOfAGroupGoOutTogether() throws IOException {
        var connection =
                ScriptedConnection.of("HELO c\r\nMAIL FROM:<>\r\n" + "RCPT TO:<bob@example.org>\r\n".repeat(10));
        world.protocol().serve(connection);

        assertThat(connection.writes).as("greeting, HELO, the group").isEqualTo(3);
    }

    @Test
    void theSessionMayBeClosedWhileItWaitsForACommandAndOnlyThen() throws IOException {
        var waiting = new ArrayList<Boolean>();
        var connections = new ArrayList<ScriptedConnection>();
        Runnable look = () -> waiting.add(connections.getFirst().waiting);
        connections.add(new ScriptedConnection(List.of(
                new Event.Octets("HELO c\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n", look),
                new Event.Octets("half of a ", look),
                new Event.Octets("message\r\n.\r\n", look),
                new Event.Octets("NOOP\r\n", look))));
        world.protocol().serve(connections.getFirst());

        assertThat(waiting).containsExactly(true, false, false, true);
        assertThat(connections.getFirst().farewell)
                .isEqualTo("421 4.3.2 mx.example.org is stopping, try again later\r\n");
    }

    @Test
    void aStoppingServerEndsTheSession() {
        var connection = ScriptedConnection.of("NOOP\r\n");
        connection.stopping = true;

        assertThatThrownBy(() -> world.protocol().serve(connection)).isInstanceOf(StoppingException.class);
    }

    @Test
    void readsWaitForTheCommandTimeoutAndNeverBeyondTheSession() throws IOException {
        world.settings.put("smtp.command-timeout", "6m");
        world.settings.put("smtp.session-timeout", "10m");
        world.everyLook = Duration.ofMinutes(3);
        var connection = new ScriptedConnection(
                List.of(new Event.Octets("NOOP\r\n", () -> {}), new Event.Octets("NOOP\r\n", () -> {})));
        world.protocol().serve(connection);

        assertThat(connection.timeout).isEqualTo(Duration.ofMinutes(1).plusMillis(1));
    }

    @Test
    void mistakesAreAnsweredMoreAndMoreSlowly() throws IOException {
        world.serve("BAD\r\n".repeat(9));

        assertThat(world.pauses)
                .containsExactly(
                        Duration.ofMillis(500),
                        Duration.ofMillis(1_000),
                        Duration.ofMillis(1_500),
                        Duration.ofMillis(2_000));
    }

    @Test
    void withoutLimitsMistakesAreAnsweredAtOnce() throws IOException {
        world.settings.put("limits.enabled", "false");
        var answer = world.serve("BAD\r\n".repeat(30));

        assertThat(world.pauses).isEmpty();
        assertThat(answer).endsWith("421 4.7.0 mx.example.org closes the connection: too many mistakes\r\n");
    }

    @Test
    void refusedRecipientsWaitAndEndTheSession() throws IOException {
        var answer = world.serve("HELO c\r\nMAIL FROM:<>\r\n" + "RCPT TO:<nobody@example.org>\r\n".repeat(50));

        assertThat(world.pauses).hasSize(5).containsOnly(Duration.ofSeconds(5));
        assertThat(answer).endsWith("421 4.7.0 mx.example.org closes the connection: too many refused recipients\r\n");
    }

    @Test
    void withoutLimitsUnknownRecipientsAreNoMistakesOfTheClient() throws IOException {
        world.settings.put("limits.enabled", "false");
        var answer = world.serve("HELO c\r\nMAIL FROM:<>\r\n" + "RCPT TO:<nobody@example.org>\r\n".repeat(50));

        assertThat(answer).doesNotContain("421").endsWith("550 5.1.1 No mailbox <nobody@example.org> here\r\n");
    }

    @Test
    void aBugEndsTheSessionWith421() throws IOException {
        var broken = world.server(new Reception() {
            @Override
            public List<Receipt> receiveEach(Door door, Envelope envelope, Spooled message) {
                return List.of();
            }

            @Override
            public long room(Door door, Recipient.Local recipient) {
                return Long.MAX_VALUE;
            }

            @Override
            public Receipt receive(Door door, Envelope envelope, Spooled message) {
                throw new IllegalStateException("a bug, for the test");
            }
        });
        var connection = ScriptedConnection.of("HELO c\r\n" + ONE_MESSAGE);
        new SmtpProtocol(broken).serve(connection);

        assertThat(connection.written()).endsWith("421 4.3.0 mx.example.org closes the connection: internal error\r\n");
        assertThat(world.spool.open).isZero();
    }

    @Test
    void aRefusalIsOneLine() {
        assertThat(world.protocol().refusal("has too many connections"))
                .isEqualTo("421 4.3.2 mx.example.org has too many connections\r\n");
    }

    @Test
    void oneLookUpForARecipientAndNoneForTheRest() throws IOException {
        world.receipt = new Receipt.Accepted("m2");
        world.serve("EHLO c\r\n" + ONE_MESSAGE + "NOOP\r\nVRFY alice\r\nQUIT\r\n");

        assertThat(world.lookUps).isEqualTo(3);
        assertThat(world.roomsAsked).as("for alice and bob at RCPT").isEqualTo(2);
    }
}
