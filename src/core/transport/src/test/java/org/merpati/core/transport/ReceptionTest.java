package org.merpati.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.Platform;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.directory.ScramVerifier;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.directory.SignIn;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Addresses;
import org.merpati.core.store.Domains;
import org.merpati.core.store.LocalWatchers;
import org.merpati.core.store.Migrations;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.Quotas;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.core.store.directory.Passwords;
import org.merpati.core.transport.Addressee.Dsn;
import org.merpati.launch.runtime.EmbeddedRuntime;
import org.merpati.lib.mime.Message;
import org.merpati.lib.smtp.command.Notify;
import org.merpati.lib.smtp.command.OriginalRecipient;
import org.merpati.lib.smtp.command.ReturnContent;

/** Submissions, LMTP and reports over a real store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceptionTest {
    private static final Config CONFIG = Config.from(
            Map.of("data", "target/no-data", "hostname", "mx.example.org"), "test", Map.of(), new Properties());
    private static final String MESSAGE = "From: ann@example.org\r\nSubject: news\r\n\r\nx\r\n";

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-01T07:05:09Z"));
    private final Memory blobs = new Memory();
    private EmbeddedRuntime runtime;
    private Door door;
    private Directory directory;
    private Principal.User ann;
    private Recipient.Local bob;
    private Recipient.Local cid;

    @BeforeAll
    void start() {
        runtime = EmbeddedRuntime.builder()
                .database("jdbc:h2:mem:reception;LOCK_TIMEOUT=1000", "sa", "")
                .acceptVolatile(true)
                .start();
        directory = new InternalDirectory(clock, new Passwords());
        runtime.get(PlatformHolder.class)
                .set(new Platform(
                        CONFIG,
                        blobs,
                        () -> {
                            throw new IllegalStateException("not in this test");
                        },
                        directory,
                        new LocalWatchers(),
                        clock));
        runtime.get(Migrations.class).migrate(runtime.get(DataSource.class), true);
        door = runtime.get(Door.class);
        door.call(services -> services.get(Domains.class).add("example.org")).orThrow();
        ann = new Principal.User(account("ann"), address("ann"));
        bob = new Recipient.Local(account("bob"), address("bob"));
        cid = new Recipient.Local(account("cid"), address("cid"));
    }

    @AfterAll
    void stop() {
        runtime.close();
    }

    @BeforeEach
    void forgetTheMail() throws SQLException {
        try (var connection = runtime.get(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            for (var table : List.of("mailbox_email", "email", "thread_key", "blob", "started_delivery")) {
                statement.executeUpdate("delete from " + table);
            }
        }
        blobs.all.clear();
        limit("cid", OptionalLong.empty());
    }

    private static EmailAddress address(String name) {
        return new EmailAddress(name, "example.org");
    }

    private AccountId account(String name) {
        var hash = new PasswordHash("x", "4096,c2FsdA,c3RvcmVk,c2VydmVy", "4096,c2FsdA,c3Rv,c2Vy");
        var added = door.call(services -> services.get(Accounts.class).add(address(name), "", hash))
                .orThrow();
        return ((Accounts.Addition.Added) added).account().id();
    }

    private void limit(String name, OptionalLong octets) {
        assertThat(door.call(services -> services.get(Quotas.class)
                                .limitAccount(address(name), new Quotas.Limits(octets, OptionalLong.empty())))
                        .orThrow())
                .isTrue();
    }

    private StoringReception reception() {
        return new StoringReception(CONFIG, blobs, clock, ZoneOffset.UTC, this::noPause);
    }

    private void noPause(Duration time) {
        throw new AssertionError("nothing is repeated here");
    }

    private static Client client(String protocol) {
        return new Client("c", InetAddress.getLoopbackAddress(), protocol);
    }

    private Envelope submission(Report report, Demands demands, Addressee... to) {
        return new Envelope("ann@example.org", List.of(to), client("ESMTPSA"), Optional.of(ann), report, demands);
    }

    /** What the account's INBOX holds, the oldest first. */
    private List<String> mail(AccountId account) throws SQLException {
        var mail = new ArrayList<String>();
        try (var connection = runtime.get(DataSource.class).getConnection();
                var statement = connection.prepareStatement("select b.segment_offset from email e join blob b"
                        + " on b.id = e.blob_id where e.account_id = ? order by e.id")) {
            statement.setLong(1, account.value());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    mail.add(new String(blobs.all.get(rows.getInt(1)), StandardCharsets.UTF_8));
                }
            }
        }
        return mail;
    }

    @Test
    void aSubmissionGetsWhatItLacksAndLosesItsBlindCopies() throws SQLException {
        var message =
                "Bcc: cid@example.org,\r\n eve@example.org\r\nFrom: a@b\r\nbcc:\r\nSender: c@d\r\nResent-Bcc: x@y\r\n\r\nBcc: body\r\n";
        reception().receive(door, submission(Report.USUAL, Demands.NONE, new Addressee(bob)), new SpooledText(message));

        var stored = mail(bob.accounts().getFirst()).getFirst();
        assertThat(stored)
                .contains("Date: Sun, 1 Nov 2026 07:05:09 +0000\r\n")
                .containsPattern("Message-ID: <[0-9a-f-]{36}@mx\\.example\\.org>\r\n")
                .endsWith("\r\nFrom: a@b\r\nSender: c@d\r\n\r\nBcc: body\r\n")
                .doesNotContain("eve")
                .doesNotContain("x@y");
    }

    @Test
    void whatASubmissionHasIsLeftAlone() throws SQLException {
        var message = "Message-ID: <1@x>\r\nDate: yesterday\r\n\r\nx\r\n";
        reception().receive(door, submission(Report.USUAL, Demands.NONE, new Addressee(bob)), new SpooledText(message));

        assertThat(mail(bob.accounts().getFirst()).getFirst())
                .endsWith("\r\n" + message)
                .containsOnlyOnce("Date:")
                .containsOnlyOnce("Message-ID:");
    }

    @Test
    void aBlindCopyFarDownALongHeaderIsLostToo() throws SQLException {
        var message =
                "Long: " + "x".repeat(400_000) + "\r\nBcc: eve@x\r\nSubject: s\r\n\r\n" + "y".repeat(300_000) + "\r\n";
        reception().receive(door, submission(Report.USUAL, Demands.NONE, new Addressee(bob)), new SpooledText(message));

        assertThat(mail(bob.accounts().getFirst()).getFirst())
                .doesNotContain("eve")
                .endsWith("x\r\nSubject: s\r\n\r\n" + "y".repeat(300_000) + "\r\n");
    }

    @Test
    void mailFromElsewhereIsNotPutRight() throws SQLException {
        var envelope = new Envelope("a@b", List.of(new Addressee(bob)), client("ESMTP"));
        reception().receive(door, envelope, new SpooledText("Bcc: bob@example.org\r\n\r\nx\r\n"));

        assertThat(mail(bob.accounts().getFirst()).getFirst())
                .endsWith("\r\nBcc: bob@example.org\r\n\r\nx\r\n")
                .doesNotContain("Date:")
                .doesNotContain("Message-ID:");
    }

    @Test
    void aBinaryMessageIsStoredForEveryReader() throws SQLException, IOException {
        for (int length : new int[] {10, 1_000_000}) {
            forgetTheMail();
            var binary = "\0\1\n\r".repeat(length);
            var message = "Content-Type: image/x\r\nContent-Transfer-Encoding: binary\r\n\r\n" + binary;
            var demands = new Demands(false, true, false, OptionalInt.empty(), Optional.empty());
            var envelope = new Envelope(
                    "a@b", List.of(new Addressee(bob)), client("ESMTP"), Optional.empty(), Report.USUAL, demands);
            assertThat(reception().receive(door, envelope, new SpooledText(message)))
                    .isInstanceOf(Receipt.Accepted.class);

            var stored = mail(bob.accounts().getFirst()).getFirst();
            assertThat(stored.indexOf('\0')).isNegative();
            var read = Message.parse(stored.getBytes(StandardCharsets.UTF_8));
            try (var in = read.content(read.root())) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).equals(binary))
                        .isTrue();
            }
        }
    }

    @Test
    void theReceivedFieldTellsTlsPriorityAndUtf8() throws SQLException {
        var tls = Optional.of(new Client.Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384"));
        var client = new Client("münchen.example", InetAddress.getLoopbackAddress(), "UTF8SMTPS", tls);
        var to = new Addressee(bob, "Böb@example.org", Dsn.USUAL);
        for (boolean utf8 : List.of(true, false)) {
            forgetTheMail();
            var demands = new Demands(utf8, false, false, OptionalInt.of(-3), Optional.empty());
            reception()
                    .receive(
                            door,
                            new Envelope("zoë@x", List.of(to), client, Optional.empty(), Report.USUAL, demands),
                            new SpooledText(MESSAGE));
            var unfolded = mail(bob.accounts().getFirst()).getFirst().replace("\r\n\t", " ");
            assertThat(unfolded)
                    .contains("with UTF8SMTPS tls TLS_AES_256_GCM_SHA384 id ")
                    .contains(" PRIORITY -3;")
                    .contains(utf8 ? "Return-Path: <zoë@x>\r\n" : "Return-Path: <zo?@x>\r\n")
                    .contains(utf8 ? "from münchen.example (" : "from m?nchen.example (")
                    .contains(utf8 ? "for <Böb@example.org> " : "for <B?b@example.org> ");
        }
    }

    @Test
    void whoeverHasItAlreadyDoesNotGetItAgain() throws SQLException {
        var looped = "Delivered-To: BOB@example.org\r\n" + MESSAGE;
        var both = List.of(new Addressee(bob), new Addressee(cid));

        assertThat(reception()
                        .receive(
                                door,
                                new Envelope("a@b", both.subList(0, 1), client("ESMTP")),
                                new SpooledText(looped)))
                .isEqualTo(new Receipt.CameBack());
        assertThat(reception().receiveEach(door, new Envelope("a@b", both, client("LMTP")), new SpooledText(looped)))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new Receipt.CameBack()),
                        second -> assertThat(second).isInstanceOf(Receipt.Accepted.class));
        assertThat(mail(bob.accounts().getFirst())).isEmpty();
        assertThat(reception().receive(door, new Envelope("a@b", both, client("ESMTP")), new SpooledText(looped)))
                .as("one reply for both: nobody loses it")
                .isInstanceOf(Receipt.Accepted.class);
        var again = submission(Report.USUAL, Demands.NONE, new Addressee(bob));
        assertThat(reception().receive(door, again, new SpooledText(looped)))
                .as("somebody sends on what they got")
                .isInstanceOf(Receipt.Accepted.class);
        assertThat(mail(bob.accounts().getFirst())).hasSize(2);
    }

    @Test
    void eachRecipientOfLmtpHasAReceiptOfItsOwn() throws SQLException {
        limit("cid", OptionalLong.of(10));
        var gone = new Recipient.Local(new AccountId(999_999), address("gone"));
        var list = new Recipient.Local(
                address("team"),
                Optional.empty(),
                List.of(ann.account(), bob.accounts().getFirst()));
        var to = List.of(new Addressee(bob), new Addressee(cid), new Addressee(gone), new Addressee(list));
        var receipts = reception().receiveEach(door, new Envelope("a@b", to, client("LMTP")), new SpooledText(MESSAGE));

        assertThat(receipts).hasSize(4);
        assertThat(receipts.get(0)).isInstanceOf(Receipt.Accepted.class);
        assertThat(receipts.get(1)).isEqualTo(new Receipt.OverQuota());
        assertThat(receipts.get(2)).isEqualTo(new Receipt.NoRecipients());
        assertThat(receipts.get(3)).isEqualTo(receipts.get(0));
        assertThat(mail(bob.accounts().getFirst())).as("also through the list").hasSize(1);
        assertThat(mail(ann.account())).hasSize(1);
        assertThat(mail(cid.accounts().getFirst())).isEmpty();
        assertThat(blobs.all).hasSize(1);
        assertThat(blobs.all.getFirst()).asString(StandardCharsets.UTF_8).doesNotContain("for <", "Delivered-To");
    }

    @Test
    void nothingIsStoredWhenNobodyHasRoom() {
        limit("cid", OptionalLong.of(10));
        var envelope = new Envelope("a@b", List.of(new Addressee(cid)), client("LMTP"));

        assertThat(reception().receiveEach(door, envelope, new SpooledText(MESSAGE)))
                .containsExactly(new Receipt.OverQuota());
        assertThat(blobs.all).isEmpty();
    }

    @Test
    void aFailureForOneRecipientFailsThatOne() throws SQLException {
        var calls = new int[1];
        Door failing = new Door() {
            @Override
            public <T> Outcome<T> call(Unit<T> unit) {
                calls[0]++; // two ask for room, then two deliver
                return calls[0] == 3 ? new Outcome.Unavailable<>() : door.call(unit);
            }
        };
        var envelope = new Envelope("a@b", List.of(new Addressee(bob), new Addressee(cid)), client("LMTP"));

        assertThat(reception().receiveEach(failing, envelope, new SpooledText(MESSAGE)))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new Receipt.Deferred("")),
                        second -> assertThat(second).isInstanceOf(Receipt.Accepted.class));
        assertThat(mail(bob.accounts().getFirst())).isEmpty();
        assertThat(mail(cid.accounts().getFirst())).hasSize(1);
    }

    @Test
    void whoAskedForItHearsOfSuccess() throws SQLException, IOException {
        var success = new Dsn(
                Optional.of(Set.of(Notify.SUCCESS, Notify.FAILURE)),
                Optional.of(new OriginalRecipient("rfc822", "Bob+x@old.example")));
        var team = new Recipient.Local(
                address("team"),
                Optional.empty(),
                List.of(cid.accounts().getFirst(), bob.accounts().getFirst()));
        var utf8 = new Dsn(Optional.of(Set.of(Notify.SUCCESS)), Optional.of(new OriginalRecipient("utf-8", "zoë@x")));
        var envelope = submission(
                new Report(Optional.of(ReturnContent.FULL), Optional.of("QQ 314159")),
                Demands.NONE,
                new Addressee(bob, "BOB@example.org", success),
                new Addressee(team, "téam@example.org", utf8),
                new Addressee(cid));
        assertThat(reception().receive(door, envelope, new SpooledText(MESSAGE)))
                .isInstanceOf(Receipt.Accepted.class);

        var report = Message.parse(mail(ann.account()).getFirst().getBytes(StandardCharsets.UTF_8));
        var root = report.root();
        assertThat(root.header().fields().getFirst().toString()).isEqualTo("Return-Path: <>");
        assertThat(root.header().text("To")).contains("ann@example.org");
        assertThat(root.header().text("From"))
                .hasValueSatisfying(from -> assertThat(from).contains("postmaster@mx.example.org"));
        assertThat(root.header().text("Auto-Submitted")).contains("auto-replied");
        assertThat(root.contentType().mediaType()).isEqualTo("multipart/report");
        assertThat(root.contentType().parameters().get("report-type")).contains("delivery-status");
        assertThat(root.parts())
                .extracting(part -> part.contentType().mediaType())
                .containsExactly("text/plain", "message/delivery-status", "text/rfc822-headers");
        assertThat(report.text(root.parts().get(1), 10_000)).isEqualTo("""
                Original-Envelope-Id: QQ 314159
                Reporting-MTA: dns; mx.example.org
                Arrival-Date: Sun, 1 Nov 2026 07:05:09 +0000

                Original-Recipient: rfc822;Bob+x@old.example
                Final-Recipient: rfc822;BOB@example.org
                Action: delivered
                Status: 2.0.0

                Original-Recipient: utf-8;zo\\x{EB}@x
                Final-Recipient: utf-8;t\\x{E9}am@example.org
                Action: expanded
                Status: 2.0.0
                """.replace("\n", "\r\n"));
        assertThat(report.text(root.parts().get(2), 10_000))
                .contains("Subject: news\r\n")
                .doesNotContain("\r\nx\r\n");
        assertThat(report.text(root.parts().get(0), 10_000))
                .contains("<BOB@example.org>")
                .doesNotContain("cid@");
    }

    @Test
    void nobodyElseGetsReports() throws SQLException {
        var success =
                new Addressee(bob, "bob@example.org", new Dsn(Optional.of(Set.of(Notify.SUCCESS)), Optional.empty()));
        var never = new Addressee(bob, "bob@example.org", new Dsn(Optional.of(Set.of()), Optional.empty()));
        var elsewhere = new Envelope("ann@example.org", List.of(success), client("ESMTP"));
        var nobody =
                new Envelope("", List.of(success), client("ESMTPSA"), Optional.of(ann), Report.USUAL, Demands.NONE);
        for (var envelope : List.of(elsewhere, nobody, submission(Report.USUAL, Demands.NONE, never))) {
            assertThat(reception().receive(door, envelope, new SpooledText(MESSAGE)))
                    .isInstanceOf(Receipt.Accepted.class);
        }
        assertThat(mail(ann.account())).isEmpty();
    }

    @Test
    void aReportThatFailsIsNoReasonToRefuse() throws SQLException {
        var success =
                new Addressee(bob, "bob@example.org", new Dsn(Optional.of(Set.of(Notify.SUCCESS)), Optional.empty()));
        blobs.most = 1;
        try {
            assertThat(reception()
                            .receive(door, submission(Report.USUAL, Demands.NONE, success), new SpooledText(MESSAGE)))
                    .isInstanceOf(Receipt.Accepted.class);
        } finally {
            blobs.most = Integer.MAX_VALUE;
        }
        assertThat(mail(bob.accounts().getFirst())).hasSize(1);
        assertThat(mail(ann.account())).isEmpty();
    }

    @Test
    void theDirectoryKnowsVerifiersLoginsAndOwnAddresses() {
        assertThat(directory
                        .scram(door, "ann@example.org", ScramVerifier.Hash.SHA_256)
                        .orThrow()
                        .orElseThrow()
                        .text())
                .isEqualTo("4096,c2FsdA,c3RvcmVk,c2VydmVy");
        assertThat(directory
                        .scram(door, "ANN@example.org", ScramVerifier.Hash.SHA_1)
                        .orThrow()
                        .orElseThrow()
                        .text())
                .isEqualTo("4096,c2FsdA,c3Rv,c2Vy");
        assertThat(directory
                        .scram(door, "eve@example.org", ScramVerifier.Hash.SHA_1)
                        .orThrow())
                .isEmpty();
        assertThat(new ScramVerifier("4096,a,b,c").toString()).isEqualTo("ScramVerifier[hidden]");

        assertThat(directory.signedIn(door, "Ann@example.org").orThrow()).isEqualTo(new SignIn.Accepted(ann));
        assertThat(directory.signedIn(door, "eve@example.org").orThrow()).isEqualTo(new SignIn.Refused());

        door.call(services -> services.get(Addresses.class).addAlias(address("sales"), address("ann")))
                .orThrow();
        assertThat(directory.mayUse(door, ann, address("sales+x")).orThrow()).isTrue();
        assertThat(directory.mayUse(door, ann, address("bob")).orThrow()).isFalse();

        assertThat(directory.takesTokens()).isFalse();
        assertThat(directory
                        .signInWithToken(door, "ann@example.org", Secret.of("t"))
                        .orThrow())
                .isEqualTo(new SignIn.Refused());
    }

    private static final class Memory implements BlobStore {
        private final List<byte[]> all = new ArrayList<>();
        private int most = Integer.MAX_VALUE;

        @Override
        public Blob append(Content content) throws IOException {
            if (all.size() >= most) {
                throw new IOException("full, for the test");
            }
            try (var in = content.open()) {
                all.add(in.readAllBytes());
            }
            return new Blob(new BlobRef(1, all.size() - 1L, content.size()), "%064d".formatted(all.size()));
        }

        @Override
        public InputStream open(BlobRef ref, long from, long length) {
            throw new AssertionError("nothing is read");
        }
    }
}
