package org.merpati.check.powercut;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.store.Migrations;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** The first release's database is brought to this one's schema, and the power goes meanwhile. */
class UpgradeCutTest {
    private static final List<String> ROWS = List.of(
            "insert into domain (id, name, created) values (101, 'one.example', 1)",
            "insert into account (id, domain_id, address, name, created, modseq, uid_validity_next, argon2, scram_sha256,"
                    + " scram_sha1) select x, 101, 'u' || x || '@one.example', '', 1, 2, 1700000006, 'x', 'y', 'z'"
                    + " from system_range(1, 50)",
            "insert into mailbox (id, account_id, name, role, uid_validity, uid_next, first_recent, messages, unseen, size,"
                    + " modseq, subscribed) select 1000 + x, x, 'INBOX', 'inbox', 1700000000, 11, 1, 10, 10, 1000, 2, true"
                    + " from system_range(1, 50)",
            "insert into blob (id, sha256, segment, segment_offset, size, stored, structure, preview)"
                    + " select x, 'h' || x, 1, 200 * x, 100, 5, null, null from system_range(1, 500)",
            "insert into email (id, account_id, blob_id, thread_id, received, size, header_size, subject, keywords,"
                    + " delivery) select x, 1 + mod(x, 50), x, x, 1000 + x, 100, 50, 's', '', 'd' || x"
                    + " from system_range(1, 500)",
            "insert into mailbox_email (mailbox_id, uid, account_id, email_id, deleted, modseq)"
                    + " select 1001 + mod(x, 50), 1 + floor((x - 1) / 50), 1 + mod(x, 50), x, false, 2"
                    + " from system_range(1, 500)");

    private static final List<String> WHOLE = List.of(
            "select count(*) = 50 from account a join address d on d.account_id = a.id and d.address = a.address",
            "select count(*) = 50 from mailbox where messages = 10 and uid_next = 11",
            "select count(*) = 500 and sum(messages) = 500 from email e join (select id, 1 as messages from blob) b on b.id ="
                    + " e.blob_id",
            "select count(*) = 500 and min(uid) = 1 and max(uid) = 10 from mailbox_email",
            "select sum(messages) = 500 and sum(size) = 50000 from account",
            "select count(*) = 0 from started_delivery",
            "select count(*) = 0 from server_secret",
            "select count(*) = 15 from \"schema_history\" where \"success\" and \"version\" is not null");

    @TempDir
    Path folder;

    private Path live;

    @BeforeEach
    void theFirstReleasesDatabase() throws SQLException {
        live = folder.resolve("live");
        try (var runtime = EmbeddedRuntime.builder().data(live).start()) {
            var source = runtime.get(DataSource.class);
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .table("schema_history")
                    .target("2")
                    .load()
                    .migrate();
            try (var connection = source.getConnection();
                    var statement = connection.createStatement()) {
                for (var rows : ROWS) {
                    statement.executeUpdate(rows);
                }
            }
        }
    }

    @Test
    @Timeout(300)
    void whereverItIsCutOffTheNextStartMakesItWhole() throws Exception {
        var disk = new CuttingDisk(
                new CutDisk(live, folder.resolve("certain"), 5),
                folder,
                4,
                file -> file.getFileName().toString().endsWith("before-upgrade"));
        disk.cut(true);
        upgrade(live, disk);
        int copies = 0;
        for (var image : disk.images()) {
            copies += Files.exists(image.resolve("database").resolve("merpati.mv.db.before-upgrade")) ? 1 : 0;
            upgrade(image, Disk.real());
        }
        assertThat(disk.images()).hasSizeGreaterThan(10);
        assertThat(copies)
                .as("cuts in the middle of it")
                .isGreaterThan(5)
                .isLessThan(disk.images().size());
    }

    /** What a start does, and whether all is there after it. */
    private static void upgrade(Path data, Disk disk) throws SQLException {
        try (var runtime = EmbeddedRuntime.builder().data(data).disk(disk).start()) {
            runtime.get(Migrations.class).migrate(runtime.get(DataSource.class), false);
            try (var connection = runtime.get(DataSource.class).getConnection();
                    var statement = connection.createStatement()) {
                for (var claim : WHOLE) {
                    try (var row = statement.executeQuery(claim)) {
                        assertThat(row.next() && row.getBoolean(1))
                                .as("%s: %s", data.getFileName(), claim)
                                .isTrue();
                    }
                }
            }
        }
        assertThat(data.resolve("database").resolve("merpati.mv.db.before-upgrade"))
                .doesNotExist();
    }
}
