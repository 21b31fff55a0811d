package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;

/** The rows of emails: changed, doubled and destroyed many at a time, under the account's lock. */
@ApplicationScoped
public class EmailRows {
    static final String DELETE = "merge into email e using " + Sql.IDS + " on e.id = n.id when matched then delete";

    @Inject
    Sql sql;

    @Inject
    Memberships memberships;

    @Inject
    AccountCounters totals;

    @Inject
    ThreadKeys threads;

    /** An email's keywords before and after. */
    record KeywordChange(long email, Set<Keyword> before, Set<Keyword> after) {}

    /**
     * Writes keywords and what follows from them: the modseqs of the emails, which are those of all their places too, and the
     * counters of all mailboxes that hold them.
     *
     * @param all a mailbox that is known to hold all of them; most often no other one holds any, and none is looked for
     */
    void write(
            AccountId account,
            Collection<KeywordChange> changes,
            ModSeq modSeq,
            Counters counters,
            Optional<MailboxId> all) {
        if (changes.isEmpty()) {
            return;
        }
        var byKeywords = new TreeMap<String, List<Long>>();
        var unseen = new HashMap<Long, Integer>();
        for (var change : changes) {
            byKeywords
                    .computeIfAbsent(Keywords.write(change.after()), keywords -> new ArrayList<>())
                    .add(change.email());
            unseen.put(
                    change.email(),
                    (change.before().contains(Keyword.SEEN) ? 1 : 0)
                            - (change.after().contains(Keyword.SEEN) ? 1 : 0));
        }
        sql.batch(
                "merge into email e using " + Sql.IDS
                        + " on e.id = n.id when matched then update set keywords = ?, modseq = ?, keywords_modseq = ?",
                byKeywords.entrySet().stream()
                        .map(entry -> new Object[] {
                            Memberships.array(entry.getValue()), entry.getKey(), modSeq.value(), modSeq.value()
                        })
                        .toList());
        if (all.isPresent() && areOnlyThere(account, unseen.keySet())) {
            counters.unseen(
                    all.get().value(),
                    unseen.values().stream().mapToInt(Integer::intValue).sum());
            return;
        }
        memberships
                .holdings(unseen.keySet())
                .forEach(holding -> counters.unseen(
                        holding.mailbox(),
                        Optional.ofNullable(unseen.get(holding.email())).orElse(0)));
    }

    /** Of more than one email the account's counters may say it at once. */
    private boolean areOnlyThere(AccountId account, Set<Long> emails) {
        return (emails.size() > 1 && memberships.eachInOneMailbox(account))
                || memberships.count(emails) == emails.size();
    }

    /** Other mailboxes hold these emails now. */
    void touch(Collection<Long> emails, ModSeq modSeq) {
        if (!emails.isEmpty()) {
            sql.update(
                    "merge into email e using " + Sql.IDS + " on e.id = n.id when matched then update set modseq = ?",
                    Memberships.array(emails),
                    modSeq.value());
        }
    }

    /** A place of each of these emails is about to lose its mark {@code \Deleted}: notes which of them come back into sight. */
    void unhide(Collection<Long> emails, ModSeq modSeq) {
        var hidden = sql.select(
                row -> row.getLong(1),
                "select e.id from " + Sql.IDS + " left join email e on e.id = n.id where e.id is not null"
                        + " and not exists (select 1 from mailbox_email m where m.email_id = e.id and not m.deleted)",
                Memberships.array(emails));
        if (hidden.isEmpty()) {
            return;
        }
        sql.update(
                "merge into destroyed d using (select e.account_id, e.id from " + Sql.IDS
                        + " left join email e on e.id = n.id) h on d.account_id = h.account_id and d.kind = '"
                        + ChangeLog.RETURNED + "' and d.id = h.id when matched then delete",
                Memberships.array(hidden));
        trace(ChangeLog.RETURNED, hidden, modSeq);
    }

    private void trace(String kind, Collection<Long> emails, ModSeq modSeq) {
        sql.update(
                "insert into destroyed (account_id, kind, id, thread_id, created_modseq, modseq)"
                        + " select e.account_id, '" + kind
                        + "', e.id, e.thread_id, e.created_modseq, cast(? as bigint) from "
                        + Sql.IDS + " left join email e on e.id = n.id",
                modSeq.value(),
                Memberships.array(emails));
    }

    /** Makes another email of each of these, on the same octets and in the same thread; the new ids by the old ones. */
    Map<Long, Long> twins(AccountId account, List<Place> originals, ModSeq modSeq) {
        if (originals.isEmpty()) {
            return Map.of();
        }
        var twins = new TreeMap<Long, Long>();
        originals.forEach(place -> twins.put(place.email(), sql.nextId(EmailEntity.class)));
        sql.update(
                "insert into email (id, account_id, blob_id, thread_id, received, size, header_size, subject, keywords,"
                        + " delivery, modseq, created_modseq) select n.id, e.account_id, e.blob_id, e.thread_id, e.received,"
                        + " e.size, e.header_size, e.subject, e.keywords, null, cast(? as bigint), cast(? as bigint)"
                        + " from unnest(cast(? as bigint array), cast(? as bigint array)) as n (id, original)"
                        + " left join email e on e.id = n.original",
                modSeq.value(),
                modSeq.value(),
                twins.values().stream().mapToLong(Long::longValue).toArray(),
                twins.keySet().stream().mapToLong(Long::longValue).toArray());
        totals.add(
                account,
                originals.size(),
                originals.stream().mapToLong(Place::size).sum());
        return twins;
    }

    private record Left(long id, long thread, long size) {}

    /** Destroys those of these emails that no mailbox holds any more, leaving tombstones; which. */
    List<Long> destroyHomeless(AccountId account, Collection<Long> emails, ModSeq modSeq) {
        var homeless = sql.select(
                row -> new Left(row.getLong(1), row.getLong(2), row.getLong(3)),
                "select e.id, e.thread_id, e.size from " + Sql.IDS + " left join email e on e.id = n.id"
                        + " where e.id is not null and not exists (select 1 from mailbox_email m where m.email_id = e.id)",
                Memberships.array(emails));
        if (homeless.isEmpty()) {
            return List.of();
        }
        var ids = homeless.stream().map(Left::id).toList();
        trace(ChangeLog.Log.EMAILS.kind(), ids, modSeq);
        sql.update(DELETE, Memberships.array(ids));
        totals.add(
                account,
                -homeless.size(),
                -homeless.stream().mapToLong(Left::size).sum());
        threads.forget(account, homeless.stream().map(Left::thread).distinct().toList());
        return ids;
    }
}
