package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdentityId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.SubmissionId;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.Changes;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.Submissions;

/** A submission's number is the modseq that it was made at: one is made in a transaction. */
@ApplicationScoped
@Transactional
public class StoredSubmissions implements Submissions {
    private static final String COLUMNS = "id, identity_id, email_id, thread_id, send_at, status";

    @Inject
    Sql sql;

    @Inject
    AccountChanges changes;

    @Inject
    ChangeLog log;

    @Inject
    Tombstones tombstones;

    @Inject
    PlatformHolder server;

    @Override
    public Page get(AccountId account, List<SubmissionId> ids) {
        var state = state(account); // before the rows: too old at worst
        if (ids.isEmpty()) {
            return new Page(List.of(), state);
        }
        return new Page(
                sql.select(
                        row -> new Submission(
                                new SubmissionId(row.getLong(1)),
                                sent(row),
                                status(row),
                                row.getString(7),
                                row.getString(8)),
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
                        row -> new Row(new SubmissionId(row.getLong(1)), sent(row), status(row)),
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

    private static Status status(ResultSet row) throws SQLException {
        return Status.valueOf(row.getString(6).toUpperCase(Locale.ROOT));
    }

    private static String text(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private ModSeq state(AccountId account) {
        return sql
                .select(row -> new ModSeq(row.getLong(1)), "select modseq from account where id = ?", account.value())
                .stream()
                .findFirst()
                .orElseGet(() -> new ModSeq(0));
    }

    @Override
    public Attempt<SubmissionId> add(AccountId account, Sent sent, String envelope, String delivery) {
        var modSeq = changes.begin(account);
        return modSeq.isEmpty()
                ? Attempt.refused(Refusal.NO_SUCH_ACCOUNT)
                : add(account, sent, Status.FINAL, envelope, delivery, Optional.empty(), modSeq.get());
    }

    @Override
    public Attempt<SubmissionId> hold(AccountId account, Sent sent, String envelope, String delivery) {
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_ACCOUNT);
        }
        var blob = sql
                .select(
                        row -> row.getLong(1),
                        "select blob_id from email where id = ? and account_id = ?",
                        sent.email().value(),
                        account.value())
                .stream()
                .findFirst();
        if (blob.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_EMAIL);
        }
        sql.update(
                "update blob set stored = ? where id = ?", now(), blob.get()); // named anew: the sweeper passes over it
        return add(account, sent, Status.PENDING, envelope, delivery, blob, modSeq.get());
    }

    private Attempt<SubmissionId> add(
            AccountId account,
            Sent sent,
            Status status,
            String envelope,
            String delivery,
            Optional<Long> blob,
            ModSeq modSeq) {
        long count = sql.select(
                        row -> row.getLong(1), "select count(*) from submission where account_id = ?", account.value())
                .getFirst();
        if (count >= MOST) {
            var oldest = oldest(account, count - MOST + 1);
            if (oldest.isEmpty()) {
                return Attempt.refused(Refusal.OVER_QUOTA);
            }
            remove(account, oldest, modSeq);
        }
        long id = modSeq.value();
        sql.update(
                "insert into submission (account_id, " + COLUMNS + ", envelope, delivery, blob_id, modseq)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                account.value(),
                id,
                sent.identity().value(),
                sent.email().value(),
                sent.thread().value(),
                sent.sendAt().toEpochMilli(),
                text(status),
                envelope,
                delivery,
                blob,
                id);
        record(account, modSeq);
        return Attempt.made(new SubmissionId(id));
    }

    private List<SubmissionId> oldest(AccountId account, long some) {
        return sql.select(
                row -> new SubmissionId(row.getLong(1)),
                "select id from submission where account_id = ? and status <> 'pending' order by account_id, id limit ?",
                account.value(),
                some);
    }

    @Override
    public boolean cancel(AccountId account, SubmissionId id, String delivery) {
        return end(account, id, Status.CANCELED, delivery, " and claimed = 0");
    }

    @Override
    public void settle(AccountId account, SubmissionId id, String delivery) {
        end(account, id, Status.FINAL, delivery, "");
    }

    private boolean end(AccountId account, SubmissionId id, Status status, String delivery, String condition) {
        var modSeq = changes.begin(account);
        boolean ended = modSeq.isPresent()
                && sql.update(
                                "update submission set status = ?, delivery = ?, blob_id = null, modseq = ?"
                                        + " where account_id = ? and id = ? and status = 'pending'" + condition,
                                text(status),
                                delivery,
                                modSeq.get().value(),
                                account.value(),
                                id.value())
                        == 1;
        if (ended) {
            record(account, modSeq.get());
        }
        return ended;
    }

    @Override
    public List<Due> claim(int limit) {
        long now = now();
        long stopped = now - CLAIM.toMillis();
        var due = sql.select(
                row -> new Due(
                        new AccountId(row.getLong(1)),
                        EmailAddress.parse(row.getString(3)).orElseThrow(),
                        new SubmissionId(row.getLong(2)),
                        row.getString(4),
                        new BlobRef(row.getLong(5), row.getLong(6), row.getLong(7))),
                "select s.account_id, s.id, a.address, s.envelope, b.segment, b.segment_offset, b.size"
                        + " from submission s join account a on a.id = s.account_id join blob b on b.id = s.blob_id"
                        + " where s.status = 'pending' and s.send_at <= ? and s.claimed <= ? and a.removed is null"
                        + " order by s.status, s.send_at limit ?",
                now,
                stopped,
                limit);
        // whoever cancels one meanwhile, or claims it, comes before or after this
        return due.stream()
                .filter(one -> sql.update(
                                "update submission set claimed = ? where account_id = ? and id = ? and status = 'pending'"
                                        + " and claimed <= ?",
                                now,
                                one.account().value(),
                                one.id().value(),
                                stopped)
                        == 1)
                .toList();
    }

    private long now() {
        return server.platform().clock().millis();
    }

    @Override
    public List<SubmissionId> destroy(AccountId account, List<SubmissionId> ids) {
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return List.of();
        }
        var there = sql.select(
                row -> new SubmissionId(row.getLong(1)),
                "select id from submission where account_id = ? and id = any(?) and status <> 'pending'",
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
