package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.PlatformHolder;

/** The one table of addresses, for whoever has a row in it: accounts, aliases, lists. */
@ApplicationScoped
public class AddressBook {
    static final String ACCOUNT = "account";
    static final String ALIAS = "alias";
    static final String LIST = "list";

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    PlatformHolder server;

    /** @param account of an account and an alias; 0 of a list */
    record Entry(String address, String kind, long account) {
        static Entry of(Object[] row) {
            return new Entry((String) row[0], (String) row[1], row[2] instanceof Long account ? account : 0);
        }
    }

    Optional<Entry> find(EmailAddress address) {
        return find(address.toString());
    }

    Optional<Entry> find(String address) {
        return db.createQuery(
                        "select a.address, a.kind, a.accountId from Address a where a.address = :address",
                        Object[].class)
                .setParameter("address", address)
                .getResultStream()
                .map(Entry::of)
                .findFirst();
    }

    /** The address must be free. The row is written at once, so that others can refer to it. */
    void add(EmailAddress address, long domain, String kind, long account, String name) {
        var entity = new AddressEntity();
        entity.address = address.toString();
        entity.domainId = domain;
        entity.kind = kind;
        entity.accountId = account == 0 ? null : account;
        entity.name = name;
        entity.created = server.platform().clock().millis();
        db.persist(entity);
        db.flush();
    }

    /** Whether the domain has addresses. */
    boolean in(long domain) {
        return count("select count(a) from Address a where a.domainId = :of", domain) > 0;
    }

    /** Whether an address of the account is some domain's catch-all. */
    boolean catchAll(long account) {
        return count(
                        "select count(d) from Domain d, Address a where d.catchAll = a.address and a.accountId = :of",
                        account)
                > 0;
    }

    boolean catchAll(String address) {
        return count("select count(d) from Domain d where d.catchAll = :of", address) > 0;
    }

    /** The account's own address and its aliases, which leave every list. */
    void removeAllOf(long account) {
        change(
                "delete from ListMember m where m.memberAddress in (select a.address from Address a where a.accountId = :of)",
                account);
        change("delete from Address a where a.accountId = :of", account);
    }

    /** An alias or a list; it leaves every list, and its members leave it. */
    void remove(String address) {
        change("delete from ListMember m where m.memberAddress = :of or m.listAddress = :of", address);
        change("delete from Address a where a.address = :of", address);
    }

    private long count(String query, Object of) {
        return db.createQuery(query, Long.class).setParameter("of", of).getSingleResult();
    }

    private void change(String statement, Object of) {
        db.createQuery(statement).setParameter("of", of).executeUpdate();
    }
}
