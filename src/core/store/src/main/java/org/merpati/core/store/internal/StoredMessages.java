package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Messages;
import org.merpati.core.store.NewEmail;
import org.merpati.core.store.index.MailboxIndex;

@ApplicationScoped
@Transactional
public class StoredMessages implements Messages {
    private static final int UIDS = 10_000;

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    Sql sql;

    @Inject
    Memberships memberships;

    @Inject
    IndexCache indexes;

    @Inject
    FlagChanges flags;

    @Inject
    Moving moving;

    @Inject
    Expunging expunging;

    @Inject
    NewEmails added;

    @Inject
    ChangeLog log;

    @Override
    @Transactional(Transactional.TxType.SUPPORTS) // it is read in transactions of its own
    public Optional<MailboxIndex> index(AccountId account, MailboxId mailbox) {
        return indexes.get(account, mailbox);
    }

    @Override
    @Transactional(Transactional.TxType.SUPPORTS) // as above
    public Optional<MailboxIndex> index(AccountId account, MailboxId mailbox, MailboxIndex held) {
        return indexes.get(account, mailbox, held);
    }

    @Override
    public List<Uid> uids(AccountId account, MailboxId mailbox, Uid after) {
        return db.createQuery(
                        "select m.uid from Membership m where m.mailboxId = :mailbox and m.accountId = :account"
                                + " and m.uid > :after order by m.mailboxId, m.uid",
                        Long.class)
                .setParameter("mailbox", mailbox.value())
                .setParameter("account", account.value())
                .setParameter("after", after.value())
                .setMaxResults(UIDS)
                .getResultStream()
                .map(Uid::new)
                .toList();
    }

    @Override
    public List<Message> page(AccountId account, MailboxId mailbox, Uid after, Uid last) {
        return memberships.page(account, mailbox, after, last);
    }

    @Override
    public List<Described> described(AccountId account, MailboxId mailbox, Uid after, Uid last) {
        return memberships.described(account, mailbox, after, last);
    }

    @Override
    public List<Scanned> scan(AccountId account, MailboxId mailbox, Uid after, Uid last, boolean structures) {
        return sql.select(
                structures ? ScannedRow::with : ScannedRow::without,
                structures ? ScannedRow.WITH_STRUCTURE : ScannedRow.WITHOUT_STRUCTURE,
                mailbox.value(),
                account.value(),
                after.value(),
                last.value(),
                PAGE);
    }

    @Override
    public List<Uid> withSubject(AccountId account, MailboxId mailbox, String text, Uid after) {
        var pattern = "%"
                + text.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_")
                + "%";
        return db.createQuery(
                        "select m.uid from Membership m, Email e where m.mailboxId = :mailbox and m.accountId = :account"
                                + " and e.id = m.emailId and m.uid > :after and lower(e.subject) like :pattern escape '!'"
                                + " order by m.mailboxId, m.uid",
                        Long.class)
                .setParameter("mailbox", mailbox.value())
                .setParameter("account", account.value())
                .setParameter("after", after.value())
                .setParameter("pattern", pattern)
                .setMaxResults(UIDS)
                .getResultStream()
                .map(Uid::new)
                .toList();
    }

    @Override
    public Attempt<Changed> store(
            AccountId account, MailboxId mailbox, List<Uid> uids, FlagChange change, Optional<ModSeq> unchangedSince) {
        return flags.store(account, mailbox, bounded(uids), change, unchangedSince);
    }

    @Override
    public Attempt<Copied> copy(AccountId account, MailboxId mailbox, List<Uid> uids, MailboxId target) {
        return moving.copy(account, mailbox, bounded(uids), target);
    }

    @Override
    public Attempt<Copied> move(AccountId account, MailboxId mailbox, List<Uid> uids, MailboxId target) {
        return moving.move(account, mailbox, bounded(uids), target);
    }

    @Override
    public Attempt<Expunged> expunge(AccountId account, MailboxId mailbox, Optional<List<Uid>> among) {
        return expunging.expunge(account, mailbox, among.map(StoredMessages::bounded));
    }

    @Override
    public Attempt<Appended> append(AccountId account, MailboxId mailbox, List<NewEmail> emails) {
        return added.append(account, mailbox, bounded(emails));
    }

    @Override
    public Attempt<Appended> append(AccountId account, String mailbox, List<NewEmail> emails) {
        return added.append(account, mailbox, bounded(emails));
    }

    @Override
    public Attempt<Appended> replace(
            AccountId account, MailboxId mailbox, Uid replaced, MailboxId target, NewEmail email) {
        return added.replace(account, mailbox, replaced, target, email);
    }

    @Override
    public Optional<List<Uid>> vanished(AccountId account, MailboxId mailbox, ModSeq since, Uid last) {
        return log.vanished(account, mailbox, since, last);
    }

    private static <T> List<T> bounded(List<T> messages) {
        if (messages.size() > BULK) {
            throw new IllegalArgumentException("at most " + BULK + " messages at once");
        }
        return messages;
    }
}
