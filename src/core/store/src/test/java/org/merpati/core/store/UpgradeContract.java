package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.core.api.mail.Uid;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** A database of the first release, whose schema was version 2, is used by this one. A subclass says which database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class UpgradeContract {
    private static final AccountId ANN = new AccountId(1_001);
    private static final AccountId BOB = new AccountId(1_002);
    private static final AccountId CID = new AccountId(1_003);
    private static final AccountId DEE = new AccountId(1_004);
    private static final MailboxId INBOX = new MailboxId(2_001);
    private static final MailboxId ARCHIVE = new MailboxId(2_002);

    /** What that release wrote: Ann has three emails, one of them in two mailboxes; Bob and Dee one each; Cid none. */
    private static final List<String> ROWS = List.of(
            "insert into domain (id, name, created) values (101, 'one.example', 1), (102, 'two.example', 1)",
            "insert into account (id, domain_id, address, name, created, modseq, uid_validity_next, argon2, scram_sha256,"
                    + " scram_sha1) values"
                    + " (1001, 101, 'ann@one.example', 'Ann', 1, 9, 1700000006, 'x', 'y', 'z'),"
                    + " (1002, 101, 'bob@one.example', '', 1, 2, 1700000006, 'x', 'y', 'z'),"
                    + " (1003, 102, 'cid@two.example', '', 1, 1, 1700000006, 'x', 'y', 'z'),"
                    + " (1004, 102, 'dee@two.example', '', 1, 2, 1700000006, 'x', 'y', 'z')",
            "insert into mailbox (id, account_id, name, role, uid_validity, uid_next, first_recent, messages, unseen, size,"
                    + " modseq, subscribed) values"
                    + " (2001, 1001, 'INBOX', 'inbox', 1700000000, 5, 3, 3, 2, 600, 9, true),"
                    + " (2002, 1001, 'Archive', 'archive', 1700000001, 2, 1, 1, 0, 100, 7, false),"
                    + " (2003, 1002, 'INBOX', 'inbox', 1700000000, 2, 1, 1, 1, 400, 2, true),"
                    + " (2004, 1003, 'INBOX', 'inbox', 1700000000, 1, 1, 0, 0, 0, 1, true),"
                    + " (2005, 1004, 'INBOX', 'inbox', 1700000000, 2, 1, 1, 1, 500, 2, true)",
            "insert into blob (id, sha256, segment, segment_offset, size, stored, structure, preview) values"
                    + " (3001, '01', 1, 0, 100, 5, null, null), (3002, '02', 1, 200, 200, 5, null, 'zwei'),"
                    + " (3003, '03', 1, 500, 300, 5, null, null), (3004, '04', 1, 900, 400, 5, null, null),"
                    + " (3005, '05', 2, 0, 500, 5, null, null)",
            "insert into email (id, account_id, blob_id, thread_id, received, size, header_size, subject, keywords,"
                    + " delivery) values"
                    + " (4001, 1001, 3001, 4001, 1000, 100, 50, 'first', '$flagged $seen', 'd1'),"
                    + " (4002, 1001, 3002, 4002, 2000, 200, 50, 'second', '', 'd2'),"
                    + " (4003, 1001, 3003, 4003, 3000, 300, 50, 'third', 'own', 'd3'),"
                    + " (4004, 1002, 3004, 4004, 4000, 400, 50, 'other', '', 'd1'),"
                    + " (4005, 1004, 3005, 4005, 5000, 500, 50, 'fifth', '', 'd1')",
            "insert into mailbox_email (mailbox_id, uid, account_id, email_id, modseq, deleted) values"
                    + " (2001, 1, 1001, 4001, 4, false), (2002, 1, 1001, 4001, 7, false),"
                    + " (2001, 2, 1001, 4002, 5, true), (2001, 4, 1001, 4003, 9, false),"
                    + " (2003, 1, 1002, 4004, 2, false), (2005, 1, 1004, 4005, 2, false)");

    private StoreUnderTest store;

    abstract EmbeddedRuntime open();

    @BeforeAll
    void upgrade() throws SQLException {
        var runtime = open();
        var database = runtime.get(DataSource.class);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .table("schema_history")
                .target("2")
                .load()
                .migrate();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            for (var row : ROWS) {
                statement.execute(row);
            }
        }
        store = new StoreUnderTest(runtime);
    }

    @AfterAll
    void stop() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void countersAreWhatTheRowsSay() {
        var quotas = store.via(Quotas.class);
        assertThat(quotas.account(ANN)).contains(new Quotas.Usage(600, 3, Quotas.Limits.NONE));
        assertThat(quotas.account(BOB)).contains(new Quotas.Usage(400, 1, Quotas.Limits.NONE));
        assertThat(quotas.domain("one.example")).contains(new Quotas.Usage(1000, 4, Quotas.Limits.NONE));
        var inbox = store.via(Mailboxes.class).find(ANN, INBOX).orElseThrow();
        assertThat(inbox.deleted()).isEqualTo(1);
        assertThat(inbox.messages()).isEqualTo(3);
        assertThat(inbox.unseen()).isEqualTo(2);
        assertThat(inbox.uidNext()).isEqualTo(new Uid(5));
        assertThat(inbox.sortOrder()).isZero();
        var archive = store.via(Mailboxes.class).find(ANN, ARCHIVE).orElseThrow();
        assertThat(archive.deleted()).isZero();
        assertThat(archive.subscribed()).isFalse();
    }

    @Test
    void emailsAreSeenAsBefore() {
        var emails = store.via(Emails.class);
        assertThat(emails.query(ANN, Optional.of(INBOX), true, 0, 10).ids())
                .containsExactly(new EmailId(4001), new EmailId(4002), new EmailId(4003));
        var first = emails.get(ANN, List.of(new EmailId(4001))).getFirst();
        assertThat(first.mailboxes()).isEqualTo(Set.of(INBOX, ARCHIVE));
        assertThat(first.keywords()).isEqualTo(Set.of(Keyword.FLAGGED, Keyword.SEEN));
        assertThat(first.received()).isEqualTo(Instant.ofEpochMilli(1000));
        assertThat(first.blob().size()).isEqualTo(100);
        assertThat(store.via(Messages.class).described(ANN, INBOX, new Uid(1), new Uid(2)))
                .extracting(described -> described.contents().preview())
                .containsExactly("zwei");
        var page = store.via(Messages.class).page(ANN, INBOX, new Uid(0), new Uid(100));
        assertThat(page).extracting(Messages.Message::uid).containsExactly(new Uid(1), new Uid(2), new Uid(4));
        assertThat(page).extracting(Messages.Message::deleted).containsExactly(false, true, false);
        assertThat(page)
                .extracting(Messages.Message::modSeq)
                .containsExactly(new ModSeq(4), new ModSeq(5), new ModSeq(9));
        assertThat(page)
                .as("nobody knows when")
                .allMatch(message -> message.saved().isEmpty());
    }

    /** An email's modseq is the newest of its places': what a client asks for since then. */
    @Test
    void theChangeLogGoesOnFromTheModSeqsThatWere() {
        var threads = store.via(Threads.class);
        var all = threads.changes(BOB, new ModSeq(0), 10).orElseThrow();
        assertThat(all.created()).containsExactly(new ThreadId(4004));
        assertThat(all.state()).isEqualTo(new ModSeq(2));
        assertThat(threads.changes(ANN, new ModSeq(7), 10).orElseThrow().created())
                .contains(new ThreadId(4003))
                .doesNotContain(new ThreadId(4001), new ThreadId(4002));
        assertThat(threads.changes(ANN, new ModSeq(5), 10).orElseThrow().created())
                .contains(new ThreadId(4001));
    }

    @Test
    void emailsFromBeforeStayInThreadsOfTheirOwnAndNewOnesFindEachOther() {
        var old = new ThreadId(4004);
        assertThat(store.via(Threads.class).emails(CID, List.of(old))).isEmpty();
        var one = store.deliver(store.message("Re: other", "n1@x", List.of("old@x")), CID);
        var two = store.deliver(store.message("Re: other", "n2@x", List.of("old@x", "n1@x")), CID);
        var thread = new ThreadId(one.value());
        assertThat(store.via(Threads.class).emails(CID, List.of(thread))).isEqualTo(Map.of(thread, List.of(one, two)));
        assertThat(store.via(Threads.class).emails(BOB, List.of(old)))
                .isEqualTo(Map.of(old, List.of(new EmailId(4004))));
    }

    @Test
    void whatIsDeliveredAfterwardsContinuesUidsAndModSeqs() {
        var delivered = store.deliver(store.message("x", "a@x", List.of()), DEE);
        var inbox = store.inbox(DEE);
        assertThat(inbox.uidNext()).isEqualTo(new Uid(3));
        assertThat(inbox.messages()).isEqualTo(2);
        var message = store.via(Messages.class)
                .page(DEE, inbox.id(), new Uid(1), new Uid(9))
                .getFirst();
        assertThat(message.email()).isEqualTo(delivered);
        assertThat(message.modSeq()).isEqualTo(new ModSeq(3));
        assertThat(store.via(Quotas.class).account(DEE).orElseThrow().emails()).isEqualTo(2);
    }
}
