package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.merpati.core.api.Platform;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.FailingDisk.Fault;
import org.merpati.core.store.Messages.FlagChange;
import org.merpati.core.store.blob.SegmentStore;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.runtime.EmbeddedRuntime;
import org.merpati.launch.runtime.h2.DurableDriver;
import org.merpati.launch.runtime.h2.DurableFilePath;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.StoredStructure;

/**
 * A disk under database and segments that takes no writes for a while, from any of them on. What was answered stays, what
 * was refused is there whole or not at all, reading goes on, and the store recovers by itself.
 */
class DiskFailureTest {
    private static final byte[] TEXT = "Subject: s\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Keyword FLAGGED = new Keyword("$flagged");
    private static final FlagChange DELETING = new FlagChange(KeywordPatch.adding(Set.of()), Optional.of(true));
    /** No change here takes as many writes and fsyncs. */
    private static final int MOST = 40;
    /** The first ones may still meet connections that died. */
    private static final int TRIES = 4;

    @TempDir
    Path folder;

    private final FailingDisk disk = new FailingDisk();
    private SegmentStore blobs;
    private EmbeddedRuntime runtime;
    private Door door;
    private AccountId ann;
    private MailboxId inbox;
    private MailboxId archive;
    private int number;

    /** A message in a mailbox, as far as somebody who was answered can tell. */
    private record Row(String mailbox, String subject, String keywords, boolean deleted) {}

    private enum Change {
        DELIVER,
        APPEND,
        FLAG,
        COPY,
        MOVE,
        EXPUNGE,
        /** H2 stores what the journal has: it changes nothing that anybody sees. */
        STORE
    }

    @BeforeEach
    void start() throws IOException {
        blobs = SegmentStore.open(disk, folder.resolve("blobs"), octets -> {});
        runtime = EmbeddedRuntime.builder().data(folder).disk(disk).start();
        runtime.get(PlatformHolder.class).set(platform(blobs));
        runtime.get(Migrations.class).migrate(runtime.get(DataSource.class), false);
        door = runtime.get(Door.class);
        ann = account(door);
        inbox = mailbox("INBOX");
        archive = mailbox("Archive");
    }

    @AfterEach
    void stop() {
        disk.heal();
        runtime.close();
        blobs.close();
    }

    @Test
    void anErrorAtAnyWriteIsOverWithIt() throws IOException, SQLException {
        for (var change : Change.values()) {
            int after = 0;
            while (round(change, Fault.ERROR_ONCE, after)) {
                after++;
                assertThat(after).isLessThan(MOST);
            }
            boolean isMore = change == Change.DELIVER || change == Change.APPEND || change == Change.STORE;
            int least = isMore ? 3 : 2; // a commit is a write of the journal and an fsync
            assertThat(after).as("writes and fsyncs of " + change).isGreaterThanOrEqualTo(least);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR", "FULL", "READ_ONLY"})
    void whileTheDiskTakesNothingMailIsRefusedAndRead(Fault fault) throws IOException, SQLException {
        for (var change : Change.values()) {
            for (int after : new int[] {0, 3}) {
                round(change, fault, after);
            }
        }
    }

    @Test
    void aDiskThatIsReadOnlyAtTheStartIsSaidClearly() {
        stop();
        disk.fail(Fault.READ_ONLY, 0);
        assertThatThrownBy(() -> SegmentStore.open(disk, folder.resolve("blobs"), octets -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Read-only file system");
        assertThatThrownBy(
                        () -> EmbeddedRuntime.builder().data(folder).disk(disk).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("can't open the database")
                .hasMessageContaining(folder.toString())
                .hasStackTraceContaining("Read-only file system");
    }

    @Test
    void aDiskThatStaysFullDoesNotFillWithSegments() throws IOException {
        disk.fail(Fault.FULL, 0);
        for (int i = 0; i < 50; i++) {
            assertThat(deliver("too much")).isInstanceOf(Outcome.Failed.class);
        }
        disk.heal();
        recovered("after many refusals");
        try (var files = Files.list(folder.resolve("blobs"))) {
            assertThat(files).hasSizeLessThan(4);
        }
    }

    /** Whether the fault was met. */
    private boolean round(Change change, Fault fault, int after) throws IOException, SQLException {
        var round = change + ", " + fault + " after " + after;
        var subjects = List.of("message " + number++, "message " + number++);
        for (var subject : subjects) {
            assertThat(deliver(subject)).as(round).isInstanceOf(Outcome.Done.class);
        }
        if (change == Change.EXPUNGE) {
            door.call(flag(uids(subjects), DELETING)).orThrow();
        }
        var uids = uids(subjects);
        var fresh = "message " + number++;
        var before = rows();
        disk.fail(fault, after);
        var outcome = change(change, uids, fresh);
        boolean met = disk.operations() > after;
        var more = "more " + number;
        boolean hadRoom = false; // a full disk may have some left in files that are there already
        if (fault == Fault.FULL || fault == Fault.READ_ONLY) {
            readable(round);
            hadRoom = deliver(more) instanceof Outcome.Done;
            assertThat(hadRoom && fault == Fault.READ_ONLY).as(round).isFalse();
            readable(round);
        }
        disk.heal();
        recovered(round);
        var expected = expected(change, before, subjects, fresh);
        if (hadRoom) {
            var delivered = new Row("INBOX", more, "", false);
            before = with(before, delivered);
            expected = with(expected, delivered);
        }
        var now = rows();
        if (outcome instanceof Outcome.Done) {
            assertThat(now).as(round).isEqualTo(expected);
        } else {
            assertThat(met).as(round).isTrue();
            assertThat(now).as(round).isIn(before, expected);
        }
        assertThat(rowsInFile()).as(round + ", the file").isEqualTo(now);
        var findings = new ArrayList<Checks.Finding>();
        new StoreCheck(door, blobs, new StoreCheck.Options(false, true), findings::add, progress -> {}).run();
        assertThat(findings).as(round).isEmpty();
        return met;
    }

    private static List<Row> with(List<Row> rows, Row another) {
        var all = new ArrayList<>(rows);
        all.add(another);
        return sorted(all);
    }

    private void recovered(String round) throws IOException {
        boolean well = false;
        for (int i = 0; i < TRIES && !well; i++) {
            well = deliver("well") instanceof Outcome.Done;
        }
        assertThat(well).as(round).isTrue();
    }

    private void readable(String round) throws IOException {
        boolean read = false;
        for (int i = 0; i < TRIES && !read; i++) {
            if (door.call(services -> services.get(Messages.class).page(ann, inbox, new Uid(0), new Uid(9)))
                    instanceof Outcome.Done<List<Messages.Message>>(var page)) {
                try (var in = blobs.open(page.getFirst().blob(), 0, TEXT.length)) {
                    assertThat(in.readAllBytes()).isEqualTo(TEXT);
                }
                read = true;
            }
        }
        assertThat(read).as(round + ": read").isTrue();
    }

    // --- what is done

    private Outcome<?> change(Change change, List<Uid> uids, String subject) throws IOException {
        return switch (change) {
            case DELIVER -> deliver(subject);
            case APPEND -> append(subject);
            case FLAG -> door.call(flag(uids, FlagChange.adding(FLAGGED)));
            case COPY -> messages(store -> store.copy(ann, inbox, uids, archive));
            case MOVE -> messages(store -> store.move(ann, inbox, uids, archive));
            case EXPUNGE -> messages(store -> store.expunge(ann, inbox, Optional.of(uids)));
            case STORE -> store();
        };
    }

    /** The rows as they are to be when it is done. */
    private static List<Row> expected(Change change, List<Row> before, List<String> subjects, String subject) {
        var rows = new ArrayList<>(before);
        switch (change) {
            case DELIVER -> rows.add(new Row("INBOX", subject, "", false));
            case APPEND -> rows.add(new Row("Archive", subject, "$seen", true));
            case FLAG ->
                rows.replaceAll(row ->
                        subjects.contains(row.subject()) ? new Row("INBOX", row.subject(), "$flagged", false) : row);
            case COPY -> subjects.forEach(each -> rows.add(new Row("Archive", each, "", false)));
            case MOVE ->
                rows.replaceAll(
                        row -> subjects.contains(row.subject()) ? new Row("Archive", row.subject(), "", false) : row);
            case EXPUNGE -> rows.removeIf(row -> subjects.contains(row.subject()));
            case STORE -> {}
        }
        return sorted(rows);
    }

    private Outcome<?> store() {
        try (var connection = runtime.get(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            return new Outcome.Done<>(statement.execute("checkpoint"));
        } catch (SQLException e) {
            return new Outcome.Failed<>(FailureKind.ROLLED_BACK, "checkpoint: " + e.getMessage());
        }
    }

    private <T> Outcome<T> messages(Function<Messages, Attempt<T>> change) {
        return door.call(services -> change.apply(services.get(Messages.class)).orThrow());
    }

    private Unit<Messages.Changed> flag(List<Uid> uids, FlagChange change) {
        return services -> services.get(Messages.class)
                .store(ann, inbox, uids, change, Optional.empty())
                .orThrow();
    }

    private Outcome<?> deliver(String subject) throws IOException {
        return stored(subject, message -> {
            var delivery = new Deliveries.Delivery(UUID.randomUUID(), message, List.of(ann), Instant.EPOCH);
            return door.call(services -> services.get(Deliveries.class).deliver(delivery));
        });
    }

    private Outcome<?> append(String subject) throws IOException {
        return stored(subject, message -> {
            var email = new NewEmail(message, Instant.EPOCH, Set.of(Keyword.SEEN), true);
            return messages(store -> store.append(ann, archive, List.of(email)));
        });
    }

    /** As who takes mail in does: octets first, and a temporary refusal when there is no room for them. */
    private Outcome<?> stored(String subject, Function<NewMessage, Outcome<?>> then) throws IOException {
        try {
            var blob = blobs.append(Content.of(TEXT));
            var structure = StoredStructure.of(Message.parse(TEXT).root(), 1_000);
            return then.apply(new NewMessage(blob, 14, subject, structure, ""));
        } catch (NoSpaceException e) {
            return new Outcome.Failed<>(FailureKind.NO_SPACE, "blob");
        }
    }

    // --- what is there

    private List<Uid> uids(List<String> subjects) {
        return door.call(services -> {
                    var store = services.get(Messages.class);
                    return subjects.stream()
                            .flatMap(each -> store.withSubject(ann, inbox, each, new Uid(0)).stream())
                            .toList();
                })
                .orThrow();
    }

    /** In the database as it is open. */
    private List<Row> rows() throws SQLException {
        try (var connection = runtime.get(DataSource.class).getConnection()) {
            return rows(connection);
        }
    }

    /** In the file, as a process finds it that starts after this one died. */
    private List<Row> rowsInFile() throws IOException, SQLException {
        var copy = folder.resolve("copy");
        var files = List.of(".mv.db", ".journal1", ".journal2");
        for (var file : files) {
            Files.copy(folder.resolve("database").resolve("merpati" + file), folder.resolve("copy" + file));
        }
        DurableFilePath.mount(copy, Disk.real());
        var login = new Properties();
        login.setProperty("user", "sa");
        try (var connection = new DurableDriver().connect("jdbc:h2:durable:" + copy, login);
                var statement = Objects.requireNonNull(connection).createStatement()) {
            var rows = rows(connection);
            statement.execute("shutdown"); // it is set to stay open without connections
            return rows;
        } finally {
            DurableFilePath.unmount(copy);
            Files.delete(folder.resolve("copy.mv.db"));
        }
    }

    private static List<Row> rows(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("select b.name, e.subject, e.keywords, m.deleted"
                        + " from mailbox_email m join mailbox b on b.id = m.mailbox_id join email e on e.id = m.email_id"
                        + " where e.subject <> 'well'")) {
            var rows = new ArrayList<Row>();
            while (found.next()) {
                rows.add(new Row(found.getString(1), found.getString(2), found.getString(3), found.getBoolean(4)));
            }
            return sorted(rows);
        }
    }

    private static List<Row> sorted(List<Row> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(Row::subject).thenComparing(Row::mailbox))
                .toList();
    }

    private MailboxId mailbox(String name) {
        return door.call(services ->
                        services.get(Mailboxes.class).find(ann, name).orElseThrow())
                .orThrow()
                .id();
    }

    private static AccountId account(Door door) {
        door.call(services -> services.get(Domains.class).add("example.org")).orThrow();
        var added = door.call(services -> services.get(Accounts.class)
                        .add(EmailAddress.parse("ann@example.org").orElseThrow(), "", new PasswordHash("$x", "y", "z")))
                .orThrow();
        return ((Accounts.Addition.Added) added).account().id();
    }

    private static Platform platform(SegmentStore blobs) {
        return new Platform(
                Config.from(Map.of(), "test", Map.of(), new Properties()),
                blobs,
                () -> {
                    throw new IllegalStateException("not in this test");
                },
                new InternalDirectory(InstantSource.system(), new Passwords()),
                new LocalWatchers(),
                InstantSource.system());
    }
}
