package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Emails;
import org.merpati.core.store.NewEmail;
import org.merpati.core.store.index.ByReceived;
import org.merpati.lib.mime.StoredStructure;

@ApplicationScoped
@Transactional
public class StoredEmails implements Emails {
    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    EmailUpdates updates;

    @Inject
    Expunging expunging;

    @Inject
    NewEmails added;

    @Inject
    ChangeLog log;

    @Inject
    EmailSearch search;

    @Inject
    IndexCache indexes;

    /** Reads the index, which has transactions of its own: so none is begun here. */
    @Override
    @Transactional(Transactional.TxType.SUPPORTS)
    public Found query(AccountId account, Optional<MailboxId> inMailbox, boolean ascending, long position, int limit) {
        var state = search.state(account); // first: what changes meanwhile is in the changes since
        int most = Math.min(limit, PAGE);
        var index = inMailbox.flatMap(mailbox -> indexes.get(account, mailbox));
        long total = index.map(found -> (long) found.size()).orElseGet(() -> search.total(account, inMailbox));
        long first = position < 0 ? Math.max(0, total + position) : position;
        if (first >= total) {
            return new Found(List.of(), total, state);
        }
        var ids = index.map(found -> ByReceived.page(found, ascending, Math.toIntExact(first), most).stream()
                        .map(EmailId::new)
                        .toList())
                .orElseGet(() -> search.page(account, inMailbox, ascending, first, most));
        return new Found(ids, total, state);
    }

    @Override
    public List<Email> get(AccountId account, List<EmailId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var wanted = ids.stream().map(EmailId::value).toList();
        Map<Long, Set<MailboxId>> mailboxes = new HashMap<>();
        db.createQuery(
                        "select m.emailId, m.mailboxId from Membership m where m.emailId in :ids and m.accountId = :account",
                        Object[].class)
                .setParameter("ids", wanted)
                .setParameter("account", account.value())
                .getResultStream()
                .forEach(row -> mailboxes
                        .computeIfAbsent((Long) row[0], id -> new TreeSet<>())
                        .add(new MailboxId((Long) row[1])));
        return db.createQuery(
                        "select e.id, e.threadId, e.keywords, e.received, e.size, b.segment, b.segmentOffset, b.size"
                                + " from Email e, Blob b where e.id in :ids and e.accountId = :account and b.id = e.blobId",
                        Object[].class)
                .setParameter("ids", wanted)
                .setParameter("account", account.value())
                .getResultStream()
                .map(row -> new Email(
                        new EmailId((Long) row[0]),
                        new ThreadId((Long) row[1]),
                        mailboxes.getOrDefault((Long) row[0], Set.of()),
                        Keywords.read((String) row[2]),
                        Instant.ofEpochMilli((Long) row[3]),
                        (Long) row[4],
                        new BlobRef((Long) row[5], (Long) row[6], (Long) row[7])))
                .toList();
    }

    @Override
    public List<Contents> contents(AccountId account, List<EmailId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return db.createQuery(
                        "select e.id, b.structure, b.preview from Email e, Blob b"
                                + " where e.id in :ids and e.accountId = :account and b.id = e.blobId",
                        Object[].class)
                .setParameter("ids", ids.stream().map(EmailId::value).toList())
                .setParameter("account", account.value())
                .getResultStream()
                .map(row -> new Contents(
                        new EmailId((Long) row[0]),
                        row[1] == null ? StoredStructure.NONE : StoredStructure.of((byte[]) row[1]),
                        row[2] == null ? "" : (String) row[2]))
                .toList();
    }

    @Override
    public ModSeq state(AccountId account) {
        return search.state(account);
    }

    @Override
    public Optional<Changes> changes(AccountId account, ModSeq since, int limit) {
        return log.emails(account, since, limit);
    }

    @Override
    public Map<EmailId, Attempt<ModSeq>> update(AccountId account, List<Update> list) {
        return updates.update(account, bounded(list));
    }

    @Override
    public List<EmailId> destroy(AccountId account, List<EmailId> ids) {
        return expunging.destroy(account, bounded(ids));
    }

    @Override
    public Attempt<Email> add(AccountId account, NewEmail email, Set<MailboxId> mailboxes) {
        return found(account, added.add(account, email, mailboxes));
    }

    @Override
    public Attempt<Email> copy(
            AccountId from,
            EmailId email,
            AccountId to,
            Set<MailboxId> mailboxes,
            Set<Keyword> keywords,
            Optional<Instant> received) {
        return found(to, added.copy(from, email, to, mailboxes, keywords, received));
    }

    private Attempt<Email> found(AccountId account, Attempt<EmailId> attempt) {
        return switch (attempt) {
            case Attempt.Refused<EmailId>(var why) -> Attempt.refused(why);
            case Attempt.Made<EmailId>(var id) ->
                Attempt.made(get(account, List.of(id)).getFirst());
        };
    }

    private static <T> List<T> bounded(List<T> emails) {
        if (emails.size() > PAGE) {
            throw new IllegalArgumentException("at most " + PAGE + " emails at once");
        }
        return emails;
    }
}
