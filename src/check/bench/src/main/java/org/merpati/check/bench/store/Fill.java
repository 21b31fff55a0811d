package org.merpati.check.bench.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;

/** Puts many messages into one mailbox by statements of their own, straight into the tables: what a fill through the store
 * would have left. */
public final class Fill {
    private static final int CHUNK = 25_000;

    /** Far from what the sequences give. */
    private static final long FIRST = 1L << 40;

    private final DataSource database;
    private final boolean h2;
    private final AccountId account;
    private final MailboxId mailbox;
    private final byte[] structure;
    private long filled;

    /** @param structure of each message, stored */
    public Fill(DataSource database, boolean h2, AccountId account, MailboxId mailbox, byte[] structure) {
        this.database = database;
        this.h2 = h2;
        this.account = account;
        this.mailbox = mailbox;
        this.structure = structure.clone();
    }

    /** Until so many were put there. */
    public void upTo(long messages) throws SQLException {
        try (var connection = database.getConnection()) {
            while (filled < messages) {
                long last = Math.min(messages, filled + CHUNK);
                chunk(connection, filled + 1, last);
                filled = last;
            }
            if (!h2) {
                execute(connection, "analyze"); // as PostgreSQL does by itself some time later
            }
        }
    }

    private void chunk(Connection connection, long first, long last) throws SQLException {
        long id = FIRST + (account.value() << 24);
        long count = last - first + 1;
        long uid = value(connection, "select uid_next from mailbox where id = " + mailbox.value());
        long modSeq = value(connection, "select modseq from account where id = " + account.value());
        var from = h2
                ? " from system_range(" + first + ", " + last + ") r"
                : " from generate_series(cast(" + first + " as bigint), cast(" + last + " as bigint)) as r(x)";
        try (var blobs =
                connection.prepareStatement("insert into blob (id, sha256, segment, segment_offset, size, stored,"
                        + " structure, preview) select " + id + " + x, 'bench' || (" + id + " + x), 1, x * 4096, "
                        + Target.SIZE
                        + ", 0, ?, 'Hello'" + from)) {
            blobs.setBytes(1, structure);
            blobs.executeUpdate();
        }
        // threads of four
        execute(
                connection,
                "insert into email (id, account_id, blob_id, thread_id, received, size, header_size, subject, keywords,"
                        + " modseq, created_modseq) select " + id + " + x, " + account.value() + ", " + id + " + x, "
                        + id
                        + " + x - mod(x, 4), 1700000000000 + x * 1000, " + Target.SIZE
                        + ", 300, 'Re: about ' || (x - mod(x, 4)), '', " + (modSeq - first + 1) + " + x, "
                        + (modSeq - first + 1) + " + x" + from);
        execute(
                connection,
                "insert into mailbox_email (mailbox_id, uid, account_id, email_id, modseq, deleted) select "
                        + mailbox.value() + ", " + (uid - first) + " + x, " + account.value() + ", " + id + " + x, "
                        + (modSeq - first + 1) + " + x, false" + from);
        // hashes all over the range, as they are; in their order, as each page of the index is then read once
        execute(
                connection,
                "insert into thread_key (account_id, key_hash, thread_id) select " + account.value()
                        + ", mod(x * 2654435761, 2147483647) * 4294967296 + x, " + id + " + x - mod(x, 4)" + from
                        + " order by 2");
        execute(
                connection,
                "update mailbox set uid_next = uid_next + " + count + ", messages = messages + " + count
                        + ", unseen = unseen + " + count + ", size = size + " + count * Target.SIZE + ", modseq = "
                        + (modSeq + count) + " where id = " + mailbox.value());
        execute(
                connection,
                "update account set modseq = " + (modSeq + count) + ", messages = messages + " + count
                        + ", size = size + " + count * Target.SIZE + " where id = " + account.value());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static long value(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
