package org.merpati.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Deliveries;
import org.merpati.core.store.Deliveries.Delivered;
import org.merpati.core.store.Deliveries.Delivery;
import org.merpati.core.store.StartedDeliveries;

class StoringReceptionTest {
    private static final Recipient.Local ALICE =
            new Recipient.Local(new AccountId(1), new EmailAddress("alice", "example.org"));
    private static final Recipient.Local BOB =
            new Recipient.Local(new AccountId(2), new EmailAddress("bob", "example.org"));

    /** Blob store, door and delivery service in memory; what the door is to answer, call by call, can be given. */
    private static final class World implements BlobStore, Door, Deliveries, StartedDeliveries, Services {
        final List<String> blobs = new ArrayList<>();
        final List<Delivery> deliveries = new ArrayList<>();
        final List<Duration> pauses = new ArrayList<>();
        final Queue<Outcome<?>> answers = new ArrayDeque<>();
        final Map<String, UUID> started = new HashMap<>();
        List<AccountId> gone = List.of();
        /** The number of the call that fails, without being run. */
        int failing;

        private int calls;
        Optional<IOException> blobFailure = Optional.empty();

        @Override
        public Blob append(Content content) throws IOException {
            if (blobFailure.isPresent()) {
                throw blobFailure.get();
            }
            try (var in = content.open()) {
                var bytes = in.readAllBytes();
                assertThat(content.size()).isEqualTo(bytes.length);
                blobs.add(new String(bytes, StandardCharsets.ISO_8859_1));
                return new Blob(new BlobRef(1, blobs.size(), bytes.length), "hash");
            }
        }

        @Override
        public InputStream open(BlobRef ref, long from, long length) {
            throw new AssertionError("nothing is read");
        }

        @Override
        @SuppressWarnings("unchecked") // the answers were given for this call's type
        public <T> Outcome<T> call(Unit<T> unit) {
            assertThat(blobs).as("the blob comes before the transaction").isNotEmpty();
            calls++;
            if (calls == failing) {
                return new Outcome.Failed<>(FailureKind.ROLLED_BACK, "e" + calls);
            }
            var done = new Outcome.Done<>(unit.run(this));
            var answer = answers.poll();
            return answer == null ? done : (Outcome<T>) answer;
        }

        @Override
        public <S> S get(Class<S> service) {
            return service.cast(this);
        }

        @Override
        public Delivered deliver(Delivery delivery) {
            deliveries.add(delivery);
            return new Delivered(
                    gone.stream().filter(delivery.recipients()::contains).toList());
        }

        @Override
        public UUID start(String fingerprint, UUID id) {
            var earlier = started.putIfAbsent(fingerprint, id);
            return earlier == null ? id : earlier;
        }

        @Override
        public void finish(String fingerprint) {
            started.remove(fingerprint);
        }

        @Override
        public int expire() {
            throw new AssertionError("housekeeping does that");
        }
    }

    private final World world = new World();

    private Receipt receive(Envelope envelope, String message) {
        var config = Config.from(
                Map.of("data", "target/no-data", "hostname", "mx.example.org"), "test", Map.of(), new Properties());
        var clock = InstantSource.fixed(Instant.parse("2026-11-01T07:05:09Z"));
        var reception = new StoringReception(config, world, clock, ZoneId.of("Asia/Jakarta"), world.pauses::add);
        return reception.receive(world, envelope, new SpooledText(message));
    }

    private Receipt receive(String message) {
        return receive(envelope("sender@example.net", "client.example.net", List.of(ALICE)), message);
    }

    private static Envelope envelope(String from, String helo, List<Recipient.Local> to) {
        return new Envelope(
                from, to.stream().map(Addressee::new).toList(), new Client(helo, address(192, 0, 2, 7), "ESMTP"));
    }

    private static InetAddress address(int... octets) {
        var bytes = new byte[octets.length];
        IntStream.range(0, octets.length).forEach(i -> bytes[i] = (byte) octets[i]);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private String stored() {
        assertThat(world.blobs).hasSize(1);
        return world.blobs.getFirst();
    }

    @Test
    void theStoredMessageIsTheTraceAndTheOctetsReceived() {
        var message = "Subject: =?utf-8?q?Caf=C3=A9?=\r\n\r\n\u00e9\0 body\r\n";
        var receipt = receive(message);

        var delivery = world.deliveries.getFirst();
        var trace = """
                Return-Path: <sender@example.net>
                Delivered-To: alice@example.org
                Received: from client.example.net ([192.0.2.7]) by mx.example.org with ESMTP
                \tid %s for <alice@example.org>;
                \tSun, 1 Nov 2026 14:05:09 +0700
                """.formatted(delivery.id()).replace("\n", "\r\n");
        assertThat(stored()).isEqualTo(trace + message);
        assertThat(receipt).isEqualTo(new Receipt.Accepted(delivery.id().toString()));
        assertThat(delivery.recipients()).containsExactly(ALICE.accounts().getFirst());
        assertThat(delivery.received()).isEqualTo(Instant.parse("2026-11-01T07:05:09Z"));
        assertThat(delivery.message().subject()).isEqualTo("Café");
        assertThat(delivery.message().headerSize()).isEqualTo(trace.length() + message.indexOf("\u00e9"));
        assertThat(delivery.message().blob().ref().size()).isEqualTo(stored().length());
    }

    @Test
    void severalRecipientsAreNotNamed() {
        receive(envelope("", "c", List.of(BOB, ALICE)), "\r\n");

        assertThat(stored())
                .startsWith("Return-Path: <>\r\n")
                .doesNotContain("alice")
                .doesNotContain("for <");
        assertThat(world.deliveries.getFirst().recipients())
                .containsExactly(ALICE.accounts().getFirst(), BOB.accounts().getFirst());
    }

    @Test
    void anAccountGetsAMessageOnceThroughHoweverManyAddresses() {
        var team = new Recipient.Local(
                new EmailAddress("team", "example.org"),
                Optional.empty(),
                List.of(new AccountId(2), new AccountId(1), new AccountId(2)));
        receive(envelope("", "c", List.of(ALICE, team)), "\r\n");
        assertThat(world.deliveries.getFirst().recipients()).containsExactly(new AccountId(1), new AccountId(2));

        world.blobs.clear();
        receive(envelope("", "c", List.of(team)), "\r\n");
        assertThat(stored()).as("what was named, and not who is behind it").contains("for <team@example.org>;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nBcc: evil", "a b", "(x)", "x;", "\u00e9", "\0", "<x>", ""})
    void whatTheClientCallsItselfAddsNoFieldAndNoComment(String helo) {
        receive(envelope("a\r\nX: y@b", helo, List.of(ALICE)), "A: 1\r\n\r\n");

        assertThat(stored().lines()).hasSize(7).first().isEqualTo("Return-Path: <a??X: y@b>");
        assertThat(stored().lines().skip(2).findFirst().orElseThrow())
                .matches("Received: from [A-Za-z0-9?.:-]+ \\(\\[192\\.0\\.2\\.7]\\) by mx\\.example\\.org with ESMTP");
    }

    @Test
    void linesOfTheTraceAreFolded() {
        receive(envelope("s@example.net", "h".repeat(255), List.of(ALICE)), "\r\n");

        assertThat(stored().lines().filter(line -> line.length() > 78))
                .hasSize(1)
                .allMatch(line -> line.contains("hhh"));
        assertThat(stored().lines().skip(3)).allMatch(line -> line.isEmpty() || line.startsWith("\t"));
    }

    @Test
    void ipv6ClientsAreTagged() {
        var ipv6 = address(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        receive(new Envelope("", List.of(new Addressee(ALICE)), new Client("c", ipv6, "SMTP")), "\r\n");

        assertThat(stored()).contains("([IPv6:2001:db8:0:0:0:0:0:1])").contains("with SMTP");
    }

    @Test
    void returnPathsThatCameWithItAreLeftOut() {
        receive("A: 1\r\nReturn-Path: <x@y>\r\nB: 2\r\nreturn-path:\r\n <z@y>\r\n\r\nReturn-Path: body\r\n");

        assertThat(stored()).endsWith("\r\nA: 1\r\nB: 2\r\n\r\nReturn-Path: body\r\n");
        assertThat(stored())
                .containsOnlyOnce("<sender@example.net>")
                .doesNotContain("x@y")
                .doesNotContain("z@y");
        assertThat(world.deliveries.getFirst().message().headerSize()).isEqualTo(stored().indexOf("Return-Path: body"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 262_000, 262_143, 262_144, 262_145, 1_000_000})
    void largeMessagesAndLongHeadersKeepEveryOctet(int length) {
        for (var returnPath : List.of("", "Return-Path: <x@y>\r\n")) {
            for (var body : List.of("", "\r\n", "\r\n" + "b".repeat(300_000))) {
                world.blobs.clear();
                world.deliveries.clear();
                var rest = "Subject: s\r\nLong: " + "x".repeat(length) + "\r\n" + body;
                receive(returnPath + rest);

                assertThat(stored().indexOf("Subject: s")).isLessThan(300);
                assertThat(stored().substring(stored().indexOf("Subject: s")).equals(rest))
                        .isTrue();
                assertThat(stored().contains("x@y")).isFalse();
                assertThat(world.deliveries.getFirst().message().headerSize())
                        .isEqualTo(body.isEmpty() ? stored().length() : stored().indexOf("\r\n\r\n") + 4);
                assertThat(world.deliveries.getFirst().message().subject()).isEqualTo("s");
            }
        }
    }

    @Test
    void aMessageWithoutHeaderOrBodyIsStored() {
        for (var message : List.of("", "\r\n", "no header at all\r\n", " x\r\n")) {
            int body = message.startsWith("no header") ? message.length() : 0;
            world.blobs.clear();
            world.deliveries.clear();
            assertThat(receive(message)).isInstanceOf(Receipt.Accepted.class);
            assertThat(stored()).endsWith(message);
            assertThat(world.deliveries.getFirst().message().headerSize()).isEqualTo(stored().length() - body);
            assertThat(world.deliveries.getFirst().message().subject()).isEmpty();
        }
    }

    @Test
    void subjectsAreBoundedAndCleanForADatabase() {
        receive("Subject: a\0b\tc=?utf-8?q?=00=F0=9F=98=80?=" + " word".repeat(100_000) + "\r\n\r\n");

        var subject = world.deliveries.getFirst().message().subject();
        assertThat(subject).startsWith("a b c\ud83d\ude00 word").hasSizeLessThanOrEqualTo(2_000);
        assertThat(subject.length()).isGreaterThan(1_990);
    }

    @Test
    void aHundredHopsAreALoop() {
        var hop = "Received: from a by b; Sun, 1 Nov 2026 14:05:09 +0700\r\n";

        assertThat(receive(hop.repeat(99) + "\r\n" + hop.repeat(5))).isInstanceOf(Receipt.Accepted.class);
        assertThat(receive(hop.repeat(100) + "\r\n")).isEqualTo(new Receipt.Loop(100));
        assertThat(world.blobs).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = FailureKind.class, names = "UNKNOWN_OUTCOME", mode = EnumSource.Mode.EXCLUDE)
    void aFailureIsNeverAccepted(FailureKind kind) {
        world.answers.add(new Outcome.Failed<>(kind, "e7"));

        assertThat(receive("\r\n"))
                .isEqualTo(kind == FailureKind.NO_SPACE ? new Receipt.NoSpace() : new Receipt.Deferred("e7"));
        assertThat(world.deliveries).as("tries").hasSize(1);
        assertThat(world.pauses).isEmpty();
    }

    @Test
    void aDoorThatIsShutDefers() {
        world.answers.add(new Outcome.Unavailable<>());

        assertThat(receive("\r\n")).isEqualTo(new Receipt.Deferred(""));
    }

    @Test
    void anUnknownOutcomeIsAskedForAgainWithTheSameId() {
        world.answers.add(new Outcome.Failed<>(FailureKind.UNKNOWN_OUTCOME, "e1"));
        world.answers.add(new Outcome.Failed<>(FailureKind.NO_CONNECTION, "e2"));
        world.answers.add(new Outcome.Unavailable<>());

        assertThat(receive("\r\n")).isInstanceOf(Receipt.Accepted.class);
        assertThat(world.deliveries).hasSize(4);
        assertThat(world.deliveries).allMatch(world.deliveries.getFirst()::equals);
        assertThat(world.blobs).hasSize(1);
        assertThat(world.pauses).isSorted().hasSize(3);
    }

    @Test
    void anOutcomeThatStaysUnknownIsNotAccepted() {
        for (int i = 0; i < 20; i++) {
            world.answers.add(new Outcome.Failed<>(FailureKind.UNKNOWN_OUTCOME, "e" + i));
        }

        assertThat(receive("\r\n")).isInstanceOf(Receipt.Deferred.class);
        assertThat(world.deliveries).hasSize(5);
    }

    @Test
    void aFullDiskIsSaidAndNothingIsDelivered() {
        world.blobFailure = Optional.of(new NoSpaceException("full"));
        assertThat(receive("\r\n")).isEqualTo(new Receipt.NoSpace());

        world.blobFailure = Optional.of(new IOException("the disk makes noises"));
        assertThat(receive("\r\n"))
                .isInstanceOfSatisfying(
                        Receipt.Deferred.class,
                        deferred -> assertThat(deferred.id()).isNotEmpty());
        assertThat(world.deliveries).isEmpty();
    }

    @Test
    void recipientsThatAreGoneAreNoReasonToRefuseTheOthers() {
        var both = envelope("", "c", List.of(ALICE, BOB));
        world.gone = List.of(BOB.accounts().getFirst());
        assertThat(receive(both, "\r\n")).isInstanceOf(Receipt.Accepted.class);

        world.gone = List.of(ALICE.accounts().getFirst(), BOB.accounts().getFirst());
        assertThat(receive(both, "\r\n")).isEqualTo(new Receipt.NoRecipients());
    }

    private static Envelope toMany(String from, int members) {
        var list = new Recipient.Local(
                new EmailAddress("all", "example.org"),
                Optional.empty(),
                LongStream.rangeClosed(1, members).mapToObj(AccountId::new).toList());
        return envelope(from, "c", List.of(list));
    }

    @Test
    void veryManyRecipientsAreDeliveredToInPartsOfOneDelivery() {
        world.gone = List.of(new AccountId(3), new AccountId(1_200));

        assertThat(receive(toMany("s@x", 1_200), "\r\n")).isInstanceOf(Receipt.Accepted.class);
        assertThat(world.deliveries)
                .extracting(part -> part.recipients().size())
                .containsExactly(500, 500, 200);
        assertThat(world.deliveries)
                .extracting(Delivery::id)
                .containsOnly(world.deliveries.getFirst().id());
        assertThat(world.deliveries).allMatch(Delivery::part);
        assertThat(world.deliveries.stream().flatMap(part -> part.recipients().stream()))
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(1_200);
        assertThat(world.started).isEmpty();
    }

    @Test
    void aPartThatFailsIsNotAcceptedAndTheNextTryGoesOnUnderItsId() {
        world.failing = 3; // start, first part, second part
        assertThat(receive(toMany("s@x", 501), "A: 1\r\n\r\n")).isEqualTo(new Receipt.Deferred("e3"));
        receive(toMany("other@x", 501), "A: 1\r\n\r\n");
        receive(toMany("s@x", 501), "A: 2\r\n\r\n");
        assertThat(world.started).hasSize(1);
        assertThat(receive(toMany("s@x", 501), "A: 1\r\n\r\n")).isInstanceOf(Receipt.Accepted.class);
        assertThat(receive(toMany("s@x", 501), "A: 1\r\n\r\n")).isInstanceOf(Receipt.Accepted.class);

        var ids = world.deliveries.stream().map(Delivery::id).distinct().toList();
        var one = world.deliveries.getFirst().id();
        assertThat(ids)
                .as("another sender's, another message, and the same after the end")
                .hasSize(4);
        assertThat(world.deliveries.stream()
                        .filter(part -> part.id().equals(one))
                        .map(part -> part.recipients().size()))
                .containsExactly(500, 500, 1);
        assertThat(world.deliveries.subList(0, 1)).allMatch(part -> part.id().equals(one));
        assertThat(world.deliveries.subList(5, 7)).allMatch(part -> part.id().equals(one));
    }

    @Test
    void aDeliveryWhoseEndIsNotNotedIsNotAccepted() {
        world.failing = 4;

        assertThat(receive(toMany("s@x", 501), "\r\n")).isEqualTo(new Receipt.Deferred("e4"));
        assertThat(world.deliveries).hasSize(2);
        assertThat(world.started).hasSize(1);
    }
}
