package org.merpati.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Deliveries;
import org.merpati.core.store.Domains;
import org.merpati.core.store.LocalWatchers;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Migrations;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** A list with more members than one transaction delivers to, over a real store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyRecipientsTest {
    private static final int MEMBERS = Deliveries.MOST_AT_ONCE + 1;
    private static final Config CONFIG = Config.from(
            Map.of("data", "target/no-data", "hostname", "mx.example.org"), "test", Map.of(), new Properties());

    private final InstantSource clock = InstantSource.system();
    private final List<AccountId> members = new ArrayList<>();
    private EmbeddedRuntime runtime;
    private Door door;

    @BeforeAll
    void start() {
        runtime = EmbeddedRuntime.builder()
                .database("jdbc:h2:mem:manyrecipients;LOCK_TIMEOUT=1000", "sa", "")
                .acceptVolatile(true)
                .start();
        var directory = new InternalDirectory(clock, new Passwords());
        runtime.get(PlatformHolder.class)
                .set(new Platform(
                        CONFIG,
                        new Octets(),
                        () -> {
                            throw new IllegalStateException("not in this test");
                        },
                        directory,
                        new LocalWatchers(),
                        clock));
        runtime.get(Migrations.class).migrate(runtime.get(DataSource.class), true);
        door = runtime.get(Door.class);
        door.call(services -> services.get(Domains.class).add("example.org")).orThrow();
        IntStream.range(0, MEMBERS).forEach(i -> members.add(account("m" + i + "@example.org")));
    }

    private AccountId account(String address) {
        var added = door.call(services -> services.get(Accounts.class)
                        .add(EmailAddress.parse(address).orElseThrow(), "", new PasswordHash("x", "y", "z")))
                .orThrow();
        return ((Accounts.Addition.Added) added).account().id();
    }

    @AfterAll
    void stop() {
        runtime.close();
    }

    @BeforeEach
    void forgetTheMail() {
        for (var table : List.of("mailbox_email", "email", "thread_key", "blob", "started_delivery")) {
            sql("delete from " + table);
        }
    }

    @Test
    void whoeverSendsAgainAfterACutReachesEverybodyOnce() {
        // start, two parts, finish: wherever it is cut off, before or after the work, the next try makes it whole
        for (int call = 1; call <= 4; call++) {
            for (boolean after : List.of(false, true)) {
                forgetTheMail();
                assertThat(receive(new CutOff(call, after))).isInstanceOf(Receipt.Deferred.class);
                if (call == 4 && after) {
                    continue; // all but the answer: as if that were lost on its way
                }
                assertThat(receive(door)).isInstanceOf(Receipt.Accepted.class);

                assertThat(number("select count(*) from email")).isEqualTo(MEMBERS);
                assertThat(number("select count(distinct account_id) from email"))
                        .isEqualTo(MEMBERS);
                assertThat(number("select count(distinct delivery) from email")).isEqualTo(1);
                assertThat(number("select count(*) from started_delivery")).isZero();
            }
        }
    }

    @Test
    void thePartsShareOneBlobAndAnotherOfTheSameIsAnotherMessage() {
        assertThat(receive(door)).isInstanceOf(Receipt.Accepted.class);
        assertThat(number("select count(*) from blob")).isEqualTo(1);

        assertThat(receive(door)).isInstanceOf(Receipt.Accepted.class);
        assertThat(number("select count(*) from email")).isEqualTo(2 * MEMBERS);
        assertThat(number("select count(distinct delivery) from email")).isEqualTo(2);
    }

    @Test
    void othersWriteToTheSameAccountsBetweenTheParts() {
        var seen = new ArrayList<Long>();
        var between = new Calls(number -> {
            // an account of the part before, and one of the last
            for (var account : List.of(members.getFirst(), members.getLast())) {
                door.call(services ->
                                services.get(Mailboxes.class).create(account, Mailboxes.Creation.named("N" + number)))
                        .orThrow()
                        .orThrow();
            }
            seen.add(number("select count(*) from email"));
            return Optional.empty();
        });

        assertThat(receive(between)).isInstanceOf(Receipt.Accepted.class);
        assertThat(seen).containsExactly(0L, 0L, 500L, 501L);
    }

    private Receipt receive(Door through) {
        var list = new Recipient.Local(new EmailAddress("all", "example.org"), Optional.empty(), members);
        var reception = new StoringReception(CONFIG, new Octets(), clock, ZoneOffset.UTC, this::noPause);
        var envelope = new Envelope(
                "s@x", List.of(new Addressee(list)), new Client("c", InetAddress.getLoopbackAddress(), "ESMTP"));
        return reception.receive(through, envelope, new SpooledText("Subject: news\r\n\r\nx\r\n"));
    }

    private void noPause(Duration time) {
        throw new AssertionError("nothing is repeated here");
    }

    private void sql(String statement) {
        try (var connection = runtime.get(DataSource.class).getConnection();
                var prepared = connection.createStatement()) {
            prepared.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long number(String query) {
        try (var connection = runtime.get(DataSource.class).getConnection();
                var prepared = connection.createStatement();
                var rows = prepared.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The real door, and what happens before each call; an outcome instead of running it. */
    private final class Calls implements Door {
        private final AtomicInteger calls = new AtomicInteger();
        private final IntFunction<Optional<String>> before;

        Calls(IntFunction<Optional<String>> before) {
            this.before = before;
        }

        @Override
        public <T> Outcome<T> call(Unit<T> unit) {
            var failure = before.apply(calls.incrementAndGet());
            return failure.isEmpty()
                    ? door.call(unit)
                    : new Outcome.Failed<>(FailureKind.ROLLED_BACK, failure.orElseThrow());
        }
    }

    /** The process ends in that call, before it was run or after its commit; nothing is called any more. */
    private final class CutOff implements Door {
        private final int last;
        private final boolean after;
        private int calls;

        CutOff(int last, boolean after) {
            this.last = last;
            this.after = after;
        }

        @Override
        public <T> Outcome<T> call(Unit<T> unit) {
            calls++;
            assertThat(calls).isLessThanOrEqualTo(last);
            if (calls < last) {
                return door.call(unit);
            }
            if (after) {
                door.call(unit).orThrow();
            }
            return new Outcome.Unavailable<>();
        }
    }

    private static final class Octets implements BlobStore {
        private final AtomicInteger blobs = new AtomicInteger();

        @Override
        public Blob append(Content content) {
            int number = blobs.incrementAndGet();
            return new Blob(new BlobRef(1, number, content.size()), "%064d".formatted(number));
        }

        @Override
        public InputStream open(BlobRef ref, long from, long length) {
            throw new AssertionError("nothing is read");
        }
    }
}
