package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.store.Garbage;

@ApplicationScoped
@Transactional
public class StoredGarbage implements Garbage {
    private static final String LIMIT = " fetch first " + BULK + " rows only";

    @Inject
    Sql sql;

    @Inject
    RemovedAccounts removed;

    @Override
    public List<AccountId> removed() {
        return removed.list();
    }

    @Override
    public Cleared clear(AccountId account) {
        return removed.clear(account);
    }

    @Override
    public Swept sweep(long after, Instant before) {
        var page = sql.select(row -> row.getLong(1), "select id from blob where id > ? order by id" + LIMIT, after);
        if (page.isEmpty()) {
            return new Swept(0, 0);
        }
        long last = page.getLast();
        // whoever names an old row anew stamps it in the same transaction: this then waits for the row and passes over
        // it
        int removed = sql.update("""
                        delete from blob where id > ? and id <= ? and stored < ?
                            and not exists (select 1 from email e where e.blob_id = blob.id)
                            and not exists (select 1 from upload u where u.blob_id = blob.id)
                            and not exists (select 1 from submission s where s.blob_id = blob.id)""", after, last, before.toEpochMilli());
        return new Swept(removed, page.size() < BULK ? 0 : last);
    }

    @Override
    public Live live(long segment) {
        // two rows may name one place: then more counts as live than is
        return sql.select(
                        row -> new Live(row.getLong(1), row.getLong(2)),
                        "select count(*), coalesce(sum(size + 64 + 4 * ((size + 65535) / 65536)), 0) from blob"
                                + " where segment = ?",
                        segment)
                .getFirst();
    }

    @Override
    public List<Blob> blobs(long segment, long after) {
        return sql.select(
                row -> new Blob(new BlobRef(segment, row.getLong(1), row.getLong(2)), row.getString(3)),
                "select distinct segment_offset, size, sha256 from blob where segment = ? and segment_offset > ?"
                        + " order by segment_offset" + LIMIT,
                segment,
                after);
    }

    @Override
    public void moved(List<Move> moves) {
        moves.forEach(move -> sql.update(
                "update blob set segment = ?, segment_offset = ? where segment = ? and segment_offset = ?",
                move.to().segment(),
                move.to().offset(),
                move.from().segment(),
                move.from().offset()));
    }

    @Override
    public List<AccountId> accounts(AccountId after) {
        return sql.select(
                row -> new AccountId(row.getLong(1)),
                "select id from account where id > ? and removed is null order by id" + LIMIT,
                after.value());
    }

    @Override
    public int forget(AccountId account, int keep) {
        long most = Math.max(beyond("expunged", account, keep), beyond("destroyed", account, keep));
        if (most == 0) {
            return 0;
        }
        // the account's row is locked from here on: nobody finds a thread by a key while it goes
        sql.update("update account set history_from = greatest(history_from, 0) where id = ?", account.value());
        long cut = Math.min(most, Math.min(oldest("expunged", account), oldest("destroyed", account)));
        sql.update("update account set history_from = greatest(history_from, ?) where id = ?", cut, account.value());
        sql.update("""
                        delete from thread_key where account_id = ?
                            and thread_id in (select d.thread_id from destroyed d
                                where d.account_id = ? and d.kind = 'email' and d.modseq <= ?)
                            and thread_id not in (select d.thread_id from destroyed d
                                where d.account_id = ? and d.kind = 'email' and d.modseq > ?)
                            and not exists (select 1 from email e
                                where e.account_id = thread_key.account_id and e.thread_id = thread_key.thread_id)""", account.value(), account.value(), cut, account.value(), cut);
        return delete("expunged", account, cut) + delete("destroyed", account, cut);
    }

    /** The modseq of the newest tombstone beyond those to keep; 0 when there is none. */
    private long beyond(String table, AccountId account, int keep) {
        return sql
                .select(
                        row -> row.getLong(1),
                        "select modseq from " + table + " where account_id = ? order by account_id desc, modseq desc"
                                + " offset ? rows fetch first 1 rows only",
                        account.value(),
                        keep)
                .stream()
                .findFirst()
                .orElse(0L);
    }

    /** A modseq with some {@link #BULK} tombstones up to it. */
    private long oldest(String table, AccountId account) {
        return sql
                .select(
                        row -> row.getLong(1),
                        "select modseq from " + table + " where account_id = ? order by account_id, modseq"
                                + " offset ? rows fetch first 1 rows only",
                        account.value(),
                        BULK - 1)
                .stream()
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private int delete(String table, AccountId account, long cut) {
        return sql.update("delete from " + table + " where account_id = ? and modseq <= ?", account.value(), cut);
    }
}
