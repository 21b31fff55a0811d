package org.merpati.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.spool.Spooled;
import org.merpati.core.smtp.ScriptedConnection.Event;
import org.merpati.core.transport.Demands;
import org.merpati.core.transport.Envelope;
import org.merpati.core.transport.Receipt;
import org.merpati.core.transport.Reception;
import org.merpati.core.transport.Report;
import org.merpati.lib.smtp.command.DeliverBy;
import org.merpati.lib.smtp.command.OriginalRecipient;
import org.merpati.lib.smtp.command.ReturnContent;

/** Sessions that ask for much, and what of them reaches reception. */
class LargeSessionTest {
    private final Fixture world = new Fixture();

    @Test
    void aMessageOf250MegabytesPassesInChunksWithoutBeingCollected() throws IOException {
        world.settings.putAll(Map.of("smtp.max-message", "300MB", "smtp.max-transfer", "300MB"));
        world.spool.forgets = true;
        var megabyte = "x".repeat(1 << 20);
        var events = new ArrayList<Event>();
        events.add(new Event.Octets("EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\n", () -> {}));
        for (int i = 1; i <= 250; i++) {
            events.add(new Event.Octets("BDAT " + (1 << 20) + (i == 250 ? " LAST\r\n" : "\r\n"), () -> {}));
            events.add(new Event.Octets(megabyte, () -> {}));
        }
        var connection = new ScriptedConnection(events);
        world.protocol().serve(connection);

        assertThat(connection.written()).endsWith("250 2.6.0 Message accepted as m1\r\n");
        assertThat(world.spool.octets).isEqualTo(250L << 20);
        assertThat(world.spool.largestBlock).isLessThanOrEqualTo(16_384);
    }

    @Test
    void aThousandRecipientsHaveAReplyEachByLmtp() throws IOException {
        world.kind = SmtpKind.LMTP;
        world.manyAccounts = 1_000;
        world.receipts.put(1_500L, new Receipt.OverQuota());
        var answer = world.serve("LHLO c\r\nMAIL FROM:<>\r\n"
                + IntStream.rangeClosed(1, 1_000)
                        .mapToObj(i -> "RCPT TO:<u" + i + "@example.org>\r\n")
                        .collect(Collectors.joining())
                + "RCPT TO:<u1@example.org>\r\nDATA\r\nhello\r\n.\r\n");

        var afterData = answer.substring(answer.indexOf("354 ")).lines().skip(1).toList();
        assertThat(answer).contains("452 4.5.3 Too many recipients");
        assertThat(afterData).hasSize(1_000);
        assertThat(afterData.get(499)).startsWith("452 4.2.2");
        assertThat(afterData.stream().filter(line -> line.startsWith("250 2.6.0")))
                .hasSize(999);
    }

    @Test
    void whatMailAndRcptAskForStandsInTheEnvelope() throws IOException {
        world.kind = SmtpKind.SUBMISSION;
        world.passwords.put("alice@example.org", "secret");
        var connection = ScriptedConnection.of(String.join(
                "\r\n",
                "EHLO c",
                "AUTH PLAIN AGFsaWNlQGV4YW1wbGUub3JnAHNlY3JldA==",
                "MAIL FROM:<alice@example.org> RET=FULL ENVID=e1 BY=60;RT MT-PRIORITY=-2 REQUIRETLS SMTPUTF8",
                "RCPT TO:<bob@example.org> NOTIFY=NEVER ORCPT=rfc822;b@example.org",
                "DATA",
                "hello",
                ".",
                ""));
        connection.secure = true;
        world.protocol().serve(connection);

        var envelope = world.envelopes.getFirst();
        assertThat(envelope.submitter())
                .hasValueSatisfying(user -> assertThat(user.account()).isEqualTo(new AccountId(1)));
        assertThat(envelope.client().protocol()).isEqualTo("UTF8SMTPSA");
        assertThat(envelope.client().tls()).isPresent();
        assertThat(envelope.report()).isEqualTo(new Report(Optional.of(ReturnContent.FULL), Optional.of("e1")));
        assertThat(envelope.demands())
                .isEqualTo(new Demands(
                        true,
                        false,
                        true,
                        OptionalInt.of(-2),
                        Optional.of(new DeliverBy(60, DeliverBy.Mode.RETURN, true))));
        var dsn = envelope.addressees().getFirst().dsn();
        assertThat(dsn.wishes()).contains(Set.of());
        assertThat(dsn.original()).contains(new OriginalRecipient("rfc822", "b@example.org"));
    }

    @Test
    void aChunkThatNobodyWantsIsReadOnlySoFar() throws IOException {
        world.settings.putAll(Map.of("smtp.max-message", "64KB", "smtp.max-transfer", "1MB"));
        var events = new ArrayList<Event>(Arrays.asList(
                new Event.Octets("EHLO c\r\n", () -> {}), new Event.Octets("BDAT 999999999\r\n", () -> {})));
        for (int i = 0; i < 100; i++) {
            events.add(new Event.Octets("x".repeat(100_000), () -> {}));
        }
        var connection = new ScriptedConnection(events);
        world.protocol().serve(connection);

        assertThat(connection.written())
                .endsWith("421 4.7.0 mx.example.org closes the connection:"
                        + " enough octets, the others in another session, please\r\n");
    }

    @Test
    void aChunkAfterWhichTheStoreIsGoneEndsTheTransaction() throws IOException {
        var failing = world.server(new Reception() {
            @Override
            public long room(Door door, Recipient.Local recipient) {
                return Long.MAX_VALUE;
            }

            @Override
            public Receipt receive(Door door, Envelope envelope, Spooled message) {
                throw new NotDone(FailureKind.NO_CONNECTION, "e1");
            }

            @Override
            public List<Receipt> receiveEach(Door door, Envelope envelope, Spooled message) {
                return List.of();
            }
        });
        var connection = ScriptedConnection.of(String.join(
                "\r\n",
                "EHLO c",
                "MAIL FROM:<>",
                "RCPT TO:<bob@example.org>",
                "BDAT 2",
                "abBDAT 2 LAST",
                "abBDAT 2 LAST",
                "abNOOP",
                ""));
        new SmtpProtocol(failing).serve(connection);

        assertThat(connection.written().lines().toList())
                .endsWith("451 4.3.0 Not possible now, try again later (e1)", "503 5.5.1 MAIL first", "250 2.0.0 Ok");
        assertThat(world.spool.open).isZero();
    }
}
