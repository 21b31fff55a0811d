package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.AfterCommit;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.directory.PasswordHash;

@ApplicationScoped
@Transactional
public class StoredAccounts implements Accounts {
    private static final String SELECT =
            "select a.id, a.address, a.name, a.created, a.modseq from Account a where a.removed is null ";
    /** The mailboxes of a new account and their roles (RFC 6154 §2, RFC 8621 §2). */
    private static final Map<String, String> FIRST_MAILBOXES = firstMailboxes();

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    PlatformHolder server;

    @Inject
    Sql sql;

    @Inject
    AccountLock locks;

    @Inject
    RemovedAccounts removed;

    @Inject
    AccountChanges changes;

    @Inject
    AccountNews news;

    @Inject
    AfterCommit afterCommit;

    @Inject
    AddressBook addresses;

    @Override
    public Addition add(EmailAddress address, String name, PasswordHash password) {
        var domain = db.createQuery("select d.id from Domain d where d.name = :name", Long.class)
                .setParameter("name", address.domain())
                .getResultStream()
                .findFirst();
        if (domain.isEmpty()) {
            return new Addition.NoSuchDomain();
        }
        if (addresses.find(address).isPresent()) {
            return new Addition.Taken();
        }
        long now = server.platform().clock().millis();
        var account = new AccountEntity();
        account.domainId = domain.get();
        account.address = address.toString();
        account.name = name;
        account.created = now;
        account.modseq = 1;
        account.argon2 = password.argon2();
        account.scramSha256 = password.scramSha256();
        account.scramSha1 = password.scramSha1();
        // from epoch seconds, so that an account made again under the same address never repeats a uidvalidity
        account.uidValidityNext = Math.floorDiv(now, 1000L) + FIRST_MAILBOXES.size();
        db.persist(account);
        long uidValidity = Math.floorDiv(now, 1000L);
        for (var first : FIRST_MAILBOXES.entrySet()) {
            var mailbox = new MailboxEntity();
            mailbox.accountId = account.id;
            mailbox.name = first.getKey();
            mailbox.role = first.getValue();
            mailbox.uidValidity = uidValidity++;
            mailbox.uidNext = 1;
            mailbox.firstRecent = 1;
            mailbox.modseq = 1;
            mailbox.createdModseq = 1;
            mailbox.changedModseq = 1;
            mailbox.subscribed = true;
            db.persist(mailbox);
        }
        db.flush(); // the address refers to the account, which the provider does not know
        addresses.add(address, domain.get(), AddressBook.ACCOUNT, account.id, "");
        return new Addition.Added(new Account(
                new AccountId(account.id), address, name, Instant.ofEpochMilli(now), new ModSeq(account.modseq)));
    }

    @Override
    public List<Account> list(String domain, String after, int limit) {
        return accounts(db.createQuery(
                        SELECT + "and a.address > :after and (:domain = '' or a.domainId in"
                                + " (select d.id from Domain d where d.name = :domain)) order by a.address",
                        Object[].class)
                .setParameter("after", after)
                .setParameter("domain", domain)
                .setMaxResults(limit));
    }

    @Override
    public Optional<Account> find(EmailAddress address) {
        return accounts(db.createQuery(SELECT + "and a.address = :address", Object[].class)
                        .setParameter("address", address.toString()))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Account> find(AccountId id) {
        return accounts(db.createQuery(SELECT + "and a.id = :id", Object[].class)
                        .setParameter("id", id.value()))
                .stream()
                .findFirst();
    }

    @Override
    public boolean setPassword(EmailAddress address, PasswordHash password) {
        var account = find(address);
        if (account.isEmpty()) {
            return false;
        }
        var id = account.get().id();
        int changed = db.createQuery(
                        "update Account a set a.argon2 = :argon2, a.scramSha256 = :sha256, a.scramSha1 = :sha1"
                                + " where a.id = :id and a.removed is null")
                .setParameter("argon2", password.argon2())
                .setParameter("sha256", password.scramSha256())
                .setParameter("sha1", password.scramSha1())
                .setParameter("id", id.value())
                .executeUpdate();
        // RFC 8620 §7.2: a push subscription ends with the credentials that made it
        sql.update("delete from push_subscription where account_id = ?", id.value());
        forgetAfterCommit(address); // before anybody is told to sign in again
        news.tell(id, account.get().modSeq(), EnumSet.of(Change.Kind.CREDENTIALS));
        return changed == 1;
    }

    @Override
    public Removal remove(EmailAddress address) {
        var account = find(address);
        if (account.isEmpty()) {
            return Removal.NO_SUCH_ACCOUNT;
        }
        if (addresses.catchAll(account.get().id().value())) {
            return Removal.IS_CATCH_ALL;
        }
        var id = account.get().id();
        var modSeq = locks.lock(id);
        if (modSeq.isEmpty()) {
            return Removal.NO_SUCH_ACCOUNT;
        }
        addresses.removeAllOf(id.value());
        sql.update("delete from push_subscription where account_id = ?", id.value());
        removed.begin(id);
        forgetAfterCommit(address);
        news.tell(id, modSeq.get(), EnumSet.allOf(Change.Kind.class));
        return Removal.REMOVED;
    }

    @Override
    public Optional<PasswordHash> password(AccountId account) {
        return hashes(db.createQuery(
                        "select a.argon2, a.scramSha256, a.scramSha1 from Account a where a.id = :id"
                                + " and a.removed is null",
                        Object[].class)
                .setParameter("id", account.value()));
    }

    @Override
    public Optional<PasswordHash> administratorPassword(String name) {
        return hashes(db.createQuery(
                        "select a.argon2, a.scramSha256, a.scramSha1 from Administrator a where a.name = :name",
                        Object[].class)
                .setParameter("name", name));
    }

    @Override
    public boolean addFirstAdministrator(String name, PasswordHash password) {
        if (hasAdministrator()) {
            return false;
        }
        var administrator = new AdministratorEntity();
        administrator.name = name;
        administrator.argon2 = password.argon2();
        administrator.scramSha256 = password.scramSha256();
        administrator.scramSha1 = password.scramSha1();
        db.persist(administrator);
        return true;
    }

    @Override
    public boolean hasAdministrator() {
        return db.createQuery("select count(a) from Administrator a", Long.class)
                        .getSingleResult()
                > 0;
    }

    private void forgetAfterCommit(EmailAddress address) {
        afterCommit.run(() -> server.platform().directory().forget(address.toString()));
    }

    private static List<Account> accounts(TypedQuery<Object[]> query) {
        return query.getResultStream()
                .map(row -> new Account(
                        new AccountId((Long) row[0]),
                        EmailAddress.parse((String) row[1]).orElseThrow(),
                        (String) row[2],
                        Instant.ofEpochMilli((Long) row[3]),
                        new ModSeq((Long) row[4])))
                .toList();
    }

    private static Optional<PasswordHash> hashes(TypedQuery<Object[]> query) {
        return query.getResultStream()
                .map(row -> new PasswordHash((String) row[0], (String) row[1], (String) row[2]))
                .findFirst();
    }

    private static Map<String, String> firstMailboxes() {
        var names = new LinkedHashMap<String, String>();
        names.put("INBOX", "inbox");
        names.put("Drafts", "drafts");
        names.put("Sent", "sent");
        names.put("Trash", "trash");
        names.put("Junk", "junk");
        names.put("Archive", "archive");
        return names;
    }

    @Override
    public <T> T hold(AccountId account, Supplier<T> work) {
        changes.begin(account);
        return work.get();
    }
}
