package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Absences;

@ApplicationScoped
@Transactional
public class StoredAbsences implements Absences {
    private static final String COLUMNS = "enabled, starts, ends, subject, text_body, html_body";

    @Inject
    Sql sql;

    @Inject
    AccountChanges changes;

    @Override
    public Found find(AccountId account) {
        var state = sql
                .select(row -> new ModSeq(row.getLong(1)), "select modseq from account where id = ?", account.value())
                .stream()
                .findFirst()
                .orElseGet(() -> new ModSeq(0)); // before the row: too old at worst
        var found = sql.select(
                row -> new Absence(
                        row.getBoolean(1),
                        Sql.instant(row, 2),
                        Sql.instant(row, 3),
                        Optional.ofNullable(row.getString(4)),
                        Optional.ofNullable(row.getString(5)),
                        Optional.ofNullable(row.getString(6))),
                "select " + COLUMNS + " from absence where account_id = ?",
                account.value());
        return new Found(found.isEmpty() ? Absence.NONE : found.getFirst(), state);
    }

    @Override
    public boolean set(AccountId account, Absence absence) {
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return false;
        }
        sql.update("delete from absence where account_id = ?", account.value());
        sql.update(
                "insert into absence (account_id, " + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?)",
                account.value(),
                absence.enabled(),
                absence.starts().map(Instant::toEpochMilli),
                absence.ends().map(Instant::toEpochMilli),
                absence.subject(),
                absence.textBody(),
                absence.htmlBody());
        changes.record(account, modSeq.get(), Set.of(Change.Kind.VACATION));
        return true;
    }
}
