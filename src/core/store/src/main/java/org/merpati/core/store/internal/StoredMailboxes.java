package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.mail.UidValidity;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Mailboxes;

@ApplicationScoped
@Transactional
public class StoredMailboxes implements Mailboxes {
    private static final String SELECT =
            "select m.id, m.name, m.role, m.sortOrder, m.uidValidity, m.uidNext, m.messages, m.unseen, m.deleted, m.size,"
                    + " m.modseq, m.subscribed"
                    + " from Mailbox m where m.accountId = :account ";

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    Sql sql;

    @Inject
    AccountChanges changes;

    @Inject
    MailboxTree tree;

    @Inject
    Subscriptions subscriptions;

    @Inject
    ChangeLog log;

    @Override
    public List<Mailbox> list(AccountId account) {
        var all = mailboxes(db.createQuery(SELECT, Object[].class).setParameter("account", account.value()));
        return all.stream()
                .sorted(Comparator.comparing(
                                (Mailbox mailbox) -> !mailbox.name().equals(MailboxNames.INBOX))
                        .thenComparing(Mailbox::name)) // not by the database: its order of letters is its own
                .toList();
    }

    @Override
    public Optional<Mailbox> find(AccountId account, String name) {
        return MailboxNames.normal(name)
                .flatMap(normal -> mailboxes(db.createQuery(SELECT + "and m.name = :name", Object[].class)
                                .setParameter("account", account.value())
                                .setParameter("name", normal))
                        .stream()
                        .findFirst());
    }

    @Override
    public Optional<Mailbox> find(AccountId account, MailboxId id) {
        return mailboxes(db.createQuery(SELECT + "and m.id = :id", Object[].class)
                        .setParameter("account", account.value())
                        .setParameter("id", id.value()))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Recent> claimRecent(AccountId account, MailboxId mailbox) {
        var recent = recent(account, mailbox);
        if (recent.isEmpty() || recent.get().from().equals(recent.get().end())) {
            return recent;
        }
        if (changes.begin(account).isEmpty()) { // that a client looked is no change of the mail
            return Optional.empty();
        }
        var now = recent(account, mailbox); // again, now that nobody else can claim
        now.ifPresent(found -> raise(mailbox, found.end()));
        return now;
    }

    @Override
    public void claimedRecent(AccountId account, MailboxId mailbox, Uid end) {
        if (changes.begin(account).isPresent()) {
            raise(mailbox, end);
        }
    }

    private void raise(MailboxId mailbox, Uid end) {
        db.createQuery("update Mailbox m set m.firstRecent = :upTo where m.id = :id and m.firstRecent < :upTo")
                .setParameter("upTo", end.value())
                .setParameter("id", mailbox.value())
                .executeUpdate();
    }

    @Override
    public Optional<Uid> firstRecent(AccountId account, MailboxId mailbox) {
        return recent(account, mailbox).map(Recent::from);
    }

    private Optional<Recent> recent(AccountId account, MailboxId mailbox) {
        return db.createQuery(
                        "select m.firstRecent, m.uidNext from Mailbox m where m.id = :id and m.accountId = :account",
                        Object[].class)
                .setParameter("id", mailbox.value())
                .setParameter("account", account.value())
                .getResultStream()
                .map(row -> new Recent(new Uid((Long) row[0]), new Uid((Long) row[1])))
                .findFirst();
    }

    private static List<Mailbox> mailboxes(TypedQuery<Object[]> query) {
        return query.getResultStream()
                .map(row -> new Mailbox(
                        new MailboxId((Long) row[0]),
                        (String) row[1],
                        (String) row[2],
                        (Integer) row[3],
                        new UidValidity((Long) row[4]),
                        new Uid((Long) row[5]),
                        (Long) row[6],
                        (Long) row[7],
                        (Long) row[8],
                        (Long) row[9],
                        new ModSeq((Long) row[10]),
                        (Boolean) row[11]))
                .toList();
    }

    @Override
    public List<String> orphanedSubscriptions(AccountId account) {
        return sql
                .select(
                        row -> row.getString(1),
                        "select name from orphaned_subscription where account_id = ?",
                        account.value())
                .stream()
                .sorted()
                .toList();
    }

    @Override
    public boolean unsubscribe(AccountId account, String name) {
        return subscriptions.end(account, name);
    }

    @Override
    public Attempt<Mailbox> create(AccountId account, Creation creation) {
        return found(account, tree.create(account, creation));
    }

    @Override
    public Attempt<Mailbox> update(AccountId account, MailboxId mailbox, Update update) {
        return found(account, tree.update(account, mailbox, update));
    }

    @Override
    public Attempt<Boolean> remove(AccountId account, MailboxId mailbox, boolean withMessages) {
        return tree.remove(account, mailbox, withMessages);
    }

    @Override
    public Optional<Changes> changes(AccountId account, ModSeq since) {
        return log.mailboxes(account, since);
    }

    private Attempt<Mailbox> found(AccountId account, Attempt<MailboxId> attempt) {
        return switch (attempt) {
            case Attempt.Refused<MailboxId>(var why) -> Attempt.refused(why);
            case Attempt.Made<MailboxId>(var id) ->
                Attempt.made(find(account, id).orElseThrow());
        };
    }
}
