package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Annotations;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Attempt.Refusal;

@ApplicationScoped
@Transactional
public class StoredAnnotations implements Annotations {
    private static final long NO_MAILBOX = 0;

    @Inject
    Sql sql;

    @Inject
    AccountLock locks;

    @Inject
    AccountNews news;

    @Override
    public SortedMap<String, byte[]> all(AccountId account, Optional<MailboxId> mailbox) {
        var all = new TreeMap<String, byte[]>();
        sql.select(
                        row -> Map.entry(row.getString(1), row.getBytes(2)),
                        "select entry, content from annotation where account_id = ? and mailbox_id = ?",
                        account.value(),
                        number(mailbox))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    @Override
    public Set<Stamp> stamps(AccountId account) {
        return new HashSet<>(sql.select(
                row -> new Stamp(mailbox(row.getLong(1)), row.getString(2), new ModSeq(row.getLong(3))),
                "select mailbox_id, entry, modseq from annotation where account_id = ?",
                account.value()));
    }

    private static Optional<MailboxId> mailbox(long number) {
        return number == NO_MAILBOX ? Optional.empty() : Optional.of(new MailboxId(number));
    }

    @Override
    public Attempt<Integer> set(AccountId account, Optional<MailboxId> mailbox, Map<String, Optional<byte[]>> entries) {
        var modSeq = locks.lock(account);
        if (modSeq.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_ACCOUNT);
        }
        if (mailbox.isPresent() && !exists(account, mailbox.get())) {
            return Attempt.refused(Refusal.NO_SUCH_MAILBOX);
        }
        var after = all(account, mailbox);
        for (var entry : entries.entrySet()) {
            var value = entry.getValue();
            if (entry.getKey().length() > LONGEST_NAME
                    || value.filter(octets -> octets.length > LARGEST).isPresent()) {
                return Attempt.refused(Refusal.ANNOTATION_TOO_LARGE);
            }
            value.ifPresentOrElse(octets -> after.put(entry.getKey(), octets), () -> after.remove(entry.getKey()));
        }
        if (after.size() > MOST) {
            return Attempt.refused(Refusal.TOO_MANY_ANNOTATIONS);
        }
        var gone = new ArrayList<Object[]>();
        var made = new ArrayList<Object[]>();
        entries.forEach((name, value) -> {
            gone.add(new Object[] {account.value(), number(mailbox), name});
            value.ifPresent(octets -> made.add(new Object[] {
                account.value(), number(mailbox), name, octets, modSeq.get().value()
            }));
        });
        sql.batch("delete from annotation where account_id = ? and mailbox_id = ? and entry = ?", gone);
        sql.batch(
                "insert into annotation (account_id, mailbox_id, entry, content, modseq) values (?, ?, ?, ?, ?)", made);
        news.tell(account, modSeq.get(), Set.of(Change.Kind.ANNOTATION));
        return Attempt.made(after.size());
    }

    private static long number(Optional<MailboxId> mailbox) {
        return mailbox.map(MailboxId::value).orElse(NO_MAILBOX);
    }

    private boolean exists(AccountId account, MailboxId mailbox) {
        return !sql.select(
                        row -> row.getLong(1),
                        "select id from mailbox where account_id = ? and id = ?",
                        account.value(),
                        mailbox.value())
                .isEmpty();
    }
}
