package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdentityId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.SubmissionId;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Changes;
import org.merpati.core.store.Submissions;

/** A submission's number is the modseq that it was made at: one is made in a transaction. */
@ApplicationScoped
@Transactional
public class StoredSubmissions implements Submissions {
    private static final String COLUMNS = "id, identity_id, email_id, thread_id, send_at";

    @Inject
    Sql sql;

    @Inject
    AccountChanges changes;

    @Inject
    ChangeLog log;

    @Inject
    Tombstones tombstones;

    @Override
    public Page get(AccountId account, List<SubmissionId> ids) {
        var state = state(account); // before the rows: too old at worst
        if (ids.isEmpty()) {
            return new Page(List.of(), state);
        }
        return new Page(
                sql.select(
                        row -> new Submission(
                                new SubmissionId(row.getLong(1)), sent(row), row.getString(6), row.getString(7)),
                        "select " + COLUMNS
                                + ", envelope, delivery from submission where account_id = ? and id = any(?)",
                        account.value(),
                        numbers(ids)),
                state);
    }

    @Override
    public Listed list(AccountId account) {
        var state = state(account);
        return new Listed(
                sql.select(
                        row -> new Row(new SubmissionId(row.getLong(1)), sent(row)),
                        "select " + COLUMNS + " from submission where account_id = ? order by account_id, id",
                        account.value()),
                state);
    }

    private static Sent sent(ResultSet row) throws SQLException {
        return new Sent(
                new IdentityId(row.getLong(2)),
                new EmailId(row.getLong(3)),
                new ThreadId(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)));
    }

    private ModSeq state(AccountId account) {
        return sql
                .select(row -> new ModSeq(row.getLong(1)), "select modseq from account where id = ?", account.value())
                .stream()
                .findFirst()
                .orElseGet(() -> new ModSeq(0));
    }

    @Override
    public Optional<SubmissionId> add(AccountId account, Sent sent, String envelope, String delivery) {
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return Optional.empty();
        }
        long id = modSeq.get().value();
        remove(account, oldest(account), modSeq.get());
        sql.update(
                "insert into submission (account_id, " + COLUMNS + ", envelope, delivery, modseq)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                account.value(),
                id,
                sent.identity().value(),
                sent.email().value(),
                sent.thread().value(),
                sent.sendAt().toEpochMilli(),
                envelope,
                delivery,
                id);
        record(account, modSeq.get());
        return Optional.of(new SubmissionId(id));
    }

    /** Those that have to go so that there is room for one more. */
    private List<SubmissionId> oldest(AccountId account) {
        return sql.select(
                row -> new SubmissionId(row.getLong(1)),
                "select id from submission where account_id = ? order by account_id desc, id desc"
                        + " offset ? rows fetch first " + MOST + " rows only",
                account.value(),
                MOST - 1);
    }

    @Override
    public List<SubmissionId> destroy(AccountId account, List<SubmissionId> ids) {
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return List.of();
        }
        var there = sql.select(
                row -> new SubmissionId(row.getLong(1)),
                "select id from submission where account_id = ? and id = any(?)",
                account.value(),
                numbers(ids));
        if (!there.isEmpty()) {
            remove(account, there, modSeq.get());
            record(account, modSeq.get());
        }
        return there;
    }

    private void remove(AccountId account, List<SubmissionId> ids, ModSeq modSeq) {
        if (ids.isEmpty()) {
            return;
        }
        sql.update("delete from submission where account_id = ? and id = any(?)", account.value(), numbers(ids));
        tombstones.add(
                account,
                ChangeLog.Log.SUBMISSIONS,
                ids.stream().map(SubmissionId::value).toList(),
                modSeq);
    }

    private static long[] numbers(List<SubmissionId> ids) {
        return ids.stream().mapToLong(SubmissionId::value).toArray();
    }

    @Override
    public Optional<Changes<SubmissionId>> changes(AccountId account, ModSeq since, int limit) {
        return log.of(ChangeLog.Log.SUBMISSIONS, account, since, limit, SubmissionId::new);
    }

    private void record(AccountId account, ModSeq modSeq) {
        changes.record(account, modSeq, Set.of(Change.Kind.SUBMISSION));
    }
}
