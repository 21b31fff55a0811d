package org.merpati.core.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.Platform;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.blob.SegmentStore;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.runtime.EmbeddedRuntime;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.StoredStructure;

/**
 * One runtime for all tests of a class, each on empty tables and segments of its own.
 *
 * <p>A store with real segments, a clock that the test moves, and a way to break rows behind the services' back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CareFixture {
    private static final StoredStructure STRUCTURE = StoredStructure.of(
            Message.parse("Subject: s\r\n\r\nbody".getBytes(StandardCharsets.US_ASCII))
                    .root(),
            1_000);

    private static final List<String> TABLES = List.of(
            "upload",
            "mailbox_email",
            "email",
            "blob",
            "mailbox",
            "expunged",
            "destroyed",
            "orphaned_subscription",
            "annotation",
            "sender_identity",
            "submission",
            "absence",
            "thread_key",
            "started_delivery",
            "list_member",
            "address",
            "account",
            "domain");

    @TempDir
    Path folder;

    protected Instant now = Instant.parse("2026-03-01T00:00:00Z");
    protected final InstantSource clock = () -> now;
    protected EmbeddedRuntime runtime;
    protected SegmentStore segments;
    protected Door door;
    protected AccountId ann;

    /** A runtime over an empty database of the kind under test. */
    abstract EmbeddedRuntime open();

    /** The statement that has this connection ignore foreign keys. */
    abstract String unguarded();

    SegmentStore openSegments() throws IOException {
        return SegmentStore.open(folder.resolve("blobs"), octets -> {});
    }

    @BeforeAll
    void startOnce() {
        runtime = open();
        runtime.get(Migrations.class).migrate(runtime.get(DataSource.class), true);
        door = runtime.get(Door.class);
    }

    @AfterAll
    void stopAfterAll() {
        if (runtime != null) {
            runtime.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        now = Instant.parse("2026-03-01T00:00:00Z");
        segments = openSegments();
        runtime.get(PlatformHolder.class).set(platform());
        sql(TABLES.stream().map(table -> "delete from " + table).toArray(String[]::new));
        call(services -> services.get(Domains.class).add("example.org"));
        ann = account("ann@example.org");
    }

    Platform platform() {
        return new Platform(
                Config.from(Map.of("store.history", "1000"), "test", Map.of(), new Properties()),
                segments,
                () -> {
                    throw new IllegalStateException("not in this test");
                },
                new InternalDirectory(clock, new Passwords()),
                new LocalWatchers(),
                clock);
    }

    @AfterEach
    void stop() {
        segments.close();
    }

    <T> T call(org.merpati.core.api.door.Unit<T> unit) {
        return door.call(unit).orThrow();
    }

    /** The service, each of its methods one unit through the door. */
    <S> S via(Class<S> service) {
        return Services.through(door, service);
    }

    AccountId account(String address) {
        var added = call(services -> services.get(Accounts.class)
                .add(EmailAddress.parse(address).orElseThrow(), "", new PasswordHash("x", "y", "z")));
        return ((Accounts.Addition.Added) added).account().id();
    }

    Blob deliver(AccountId account, String text) {
        try {
            var blob = segments.append(Content.of(text.getBytes(StandardCharsets.UTF_8)));
            var message = new NewMessage(blob, 10, "s", STRUCTURE, "p");
            call(services -> services.get(Deliveries.class)
                    .deliver(new Deliveries.Delivery(UUID.randomUUID(), message, List.of(account), now)));
            return blob;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    record Checked(List<Checks.Finding> findings, StoreCheck.Progress summary) {}

    Checked check(boolean repair, boolean deep) {
        var findings = new ArrayList<Checks.Finding>();
        var summary = new StoreCheck(
                        door, segments, new StoreCheck.Options(repair, deep), findings::add, progress -> {})
                .run();
        return new Checked(findings, summary);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** What no service would do. */
    void sql(String... statements) {
        try (var connection = runtime.get(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(unguarded());
            for (var one : statements) {
                statement.executeUpdate(one);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long number(String query) {
        return rows(query, row -> row).getFirst();
    }

    <T> List<T> rows(String query, Function<Long, T> made) {
        try (var connection = runtime.get(DataSource.class).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(made.apply(rows.getLong(1)));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
