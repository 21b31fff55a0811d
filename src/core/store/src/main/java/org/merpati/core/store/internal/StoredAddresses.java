package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Addresses;
import org.merpati.core.store.internal.AddressBook.Entry;

@ApplicationScoped
@Transactional
public class StoredAddresses implements Addresses {
    private static final String ALIASES = "select a.address, o.address, a.created from Address a, Account o"
            + " where a.kind = 'alias' and o.id = a.accountId ";
    private static final String LISTS = "select a.address, a.name, a.created,"
            + " (select count(m) from ListMember m where m.listAddress = a.address) from Address a"
            + " where a.kind = 'list' ";
    private static final String OF_DOMAIN =
            "and (:domain = '' or a.domainId in (select d.id from Domain d where d.name = :domain)) ";
    private static final char SEPARATOR = '+';
    private static final int FEW = 5;

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    AddressBook book;

    @Inject
    ListMembers members;

    @Inject
    Postmaster postmaster;

    @Override
    public Recipient find(EmailAddress address) {
        return book.find(address)
                .map(entry -> recipient(address, Optional.empty(), entry))
                .orElseGet(() -> findByDomain(address));
    }

    private Recipient findByDomain(EmailAddress address) {
        var domain = db.createQuery(
                        "select d.subaddressing, d.catchAll from Domain d where d.name = :name", Object[].class)
                .setParameter("name", address.domain())
                .getResultStream()
                .findFirst();
        if (domain.isEmpty()) {
            return postmaster
                    .ofHost(address)
                    .map(entry -> recipient(address, Optional.empty(), entry))
                    .orElseGet(Recipient.Elsewhere::new);
        }
        var base = (Boolean) domain.get()[0] ? base(address).flatMap(book::find) : Optional.<Entry>empty();
        if (base.isPresent()) {
            int plus = address.localPart().indexOf(SEPARATOR);
            return recipient(address, Optional.of(address.localPart().substring(plus + 1)), base.get());
        }
        return postmaster
                .of(address)
                .or(() -> Optional.ofNullable((String) domain.get()[1]).flatMap(book::find))
                .map(entry -> recipient(address, Optional.empty(), entry))
                .orElseGet(Recipient.Unknown::new);
    }

    private Recipient recipient(EmailAddress asked, Optional<String> detail, Entry found) {
        if (!found.kind().equals(AddressBook.LIST)) {
            return new Recipient.Local(asked, detail, List.of(new AccountId(found.account())));
        }
        return members.accounts(found.address())
                .map(accounts ->
                        accounts.isEmpty() ? new Recipient.Unknown() : new Recipient.Local(asked, detail, accounts))
                .orElseGet(Recipient.TooMany::new);
    }

    /** What a subaddress is one of. */
    private static Optional<EmailAddress> base(EmailAddress address) {
        int plus = address.localPart().indexOf(SEPARATOR);
        return plus > 0
                ? Optional.of(new EmailAddress(address.localPart().substring(0, plus), address.domain()))
                : Optional.empty();
    }

    @Override
    public Optional<AccountId> owner(EmailAddress address) {
        return book.find(address)
                .or(() -> base(address)
                        .filter(base -> subaddressing(base.domain()))
                        .flatMap(book::find))
                .filter(entry -> !entry.kind().equals(AddressBook.LIST))
                .map(entry -> new AccountId(entry.account()));
    }

    private boolean subaddressing(String domain) {
        return db.createQuery("select d.subaddressing from Domain d where d.name = :name", Boolean.class)
                .setParameter("name", domain)
                .getResultStream()
                .anyMatch(on -> on);
    }

    @Override
    public List<String> catchAllOf(EmailAddress address) {
        return db.createQuery(
                        "select d.name from Domain d, Address a where d.catchAll = a.address and (a.address = :address"
                                + " or a.accountId in (select o.id from Account o where o.address = :address))"
                                + " order by d.name",
                        String.class)
                .setParameter("address", address.toString())
                .setMaxResults(FEW)
                .getResultList();
    }

    @Override
    public Optional<Refusal> addAlias(EmailAddress alias, EmailAddress account) {
        var target = book.find(account).filter(entry -> entry.kind().equals(AddressBook.ACCOUNT));
        if (target.isEmpty()) {
            return Optional.of(Refusal.NO_SUCH_ACCOUNT);
        }
        return add(alias, AddressBook.ALIAS, target.get().account(), "");
    }

    @Override
    public Optional<Refusal> addList(EmailAddress list, String name) {
        return add(list, AddressBook.LIST, 0, name);
    }

    private Optional<Refusal> add(EmailAddress address, String kind, long account, String name) {
        var domain = domain(address);
        if (domain.isEmpty()) {
            return Optional.of(Refusal.NO_SUCH_DOMAIN);
        }
        if (book.find(address).isPresent()) {
            return Optional.of(Refusal.TAKEN);
        }
        book.add(address, domain.get(), kind, account, name);
        return Optional.empty();
    }

    private Optional<Long> domain(EmailAddress address) {
        return db.createQuery("select d.id from Domain d where d.name = :name", Long.class)
                .setParameter("name", address.domain())
                .getResultStream()
                .findFirst();
    }

    @Override
    public List<Alias> aliases(String domain, String account, String after, int limit) {
        return aliases(db.createQuery(
                        ALIASES + "and a.address > :after " + OF_DOMAIN
                                + "and (:account = '' or o.address = :account) order by a.address",
                        Object[].class)
                .setParameter("after", after)
                .setParameter("domain", domain)
                .setParameter("account", account)
                .setMaxResults(limit));
    }

    @Override
    public Optional<Alias> alias(EmailAddress address) {
        return aliases(db.createQuery(ALIASES + "and a.address = :address", Object[].class)
                        .setParameter("address", address.toString()))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Refusal> removeAlias(EmailAddress address) {
        return remove(address, AddressBook.ALIAS);
    }

    @Override
    public Optional<Refusal> removeList(EmailAddress list) {
        return remove(list, AddressBook.LIST);
    }

    private Optional<Refusal> remove(EmailAddress address, String kind) {
        var entry = book.find(address).filter(found -> found.kind().equals(kind));
        if (entry.isEmpty()) {
            return Optional.of(Refusal.NOT_FOUND);
        }
        if (book.catchAll(entry.get().address())) {
            return Optional.of(Refusal.IS_CATCH_ALL);
        }
        book.remove(entry.get().address());
        return Optional.empty();
    }

    @Override
    public List<MailList> lists(String domain, String after, int limit) {
        return lists(
                db.createQuery(LISTS + "and a.address > :after " + OF_DOMAIN + "order by a.address", Object[].class)
                        .setParameter("after", after)
                        .setParameter("domain", domain)
                        .setMaxResults(limit));
    }

    @Override
    public Optional<MailList> list(EmailAddress address) {
        return lists(db.createQuery(LISTS + "and a.address = :address", Object[].class)
                        .setParameter("address", address.toString()))
                .stream()
                .findFirst();
    }

    @Override
    public List<Member> members(EmailAddress list, String after, int limit) {
        return db.createQuery(
                        "select a.address, a.kind, a.accountId from ListMember m, Address a where m.listAddress = :list"
                                + " and a.address = m.memberAddress and a.address > :after order by a.address",
                        Object[].class)
                .setParameter("list", list.toString())
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultStream()
                .map(Entry::of)
                .map(entry -> new Member(
                        address(entry.address()), Kind.valueOf(entry.kind().toUpperCase(Locale.ROOT))))
                .toList();
    }

    @Override
    public Optional<Refusal> addMember(EmailAddress list, EmailAddress member) {
        if (book.find(list)
                .filter(found -> found.kind().equals(AddressBook.LIST))
                .isEmpty()) {
            return Optional.of(Refusal.NOT_FOUND);
        }
        var entry = book.find(member);
        if (entry.isEmpty()) {
            return Optional.of(domain(member).isEmpty() ? Refusal.ELSEWHERE : Refusal.NO_SUCH_ADDRESS);
        }
        if (isMember(list, member)) {
            return Optional.of(Refusal.MEMBER_ALREADY);
        }
        if (list(list).orElseThrow().members() >= MOST_MEMBERS) {
            return Optional.of(Refusal.TOO_MANY_MEMBERS);
        }
        var nested =
                entry.filter(found -> found.kind().equals(AddressBook.LIST)).flatMap(inner -> nested(list, inner));
        if (nested.isPresent()) {
            return nested;
        }
        var row = new ListMemberEntity();
        row.listAddress = list.toString();
        row.memberAddress = member.toString();
        db.persist(row);
        return Optional.empty();
    }

    /** Why the one list can't be in the other. */
    private Optional<Refusal> nested(EmailAddress outer, Entry inner) {
        if (members.contains(inner.address(), outer.toString())) {
            return Optional.of(Refusal.LOOP);
        }
        return members.levelsAbove(outer.toString()) + members.levelsBelow(inner.address()) > MOST_LEVELS
                ? Optional.of(Refusal.TOO_DEEP)
                : Optional.empty();
    }

    private boolean isMember(EmailAddress list, EmailAddress member) {
        return db.createQuery(
                                "select count(m) from ListMember m where m.listAddress = :list"
                                        + " and m.memberAddress = :member",
                                Long.class)
                        .setParameter("list", list.toString())
                        .setParameter("member", member.toString())
                        .getSingleResult()
                > 0;
    }

    @Override
    public Optional<Refusal> removeMember(EmailAddress list, EmailAddress member) {
        int removed = db.createQuery(
                        "delete from ListMember m where m.listAddress = :list and m.memberAddress = :member")
                .setParameter("list", list.toString())
                .setParameter("member", member.toString())
                .executeUpdate();
        return removed == 1 ? Optional.empty() : Optional.of(Refusal.NOT_FOUND);
    }

    private static List<Alias> aliases(TypedQuery<Object[]> query) {
        return query.getResultStream()
                .map(row -> new Alias(
                        address((String) row[0]), address((String) row[1]), Instant.ofEpochMilli((Long) row[2])))
                .toList();
    }

    private static List<MailList> lists(TypedQuery<Object[]> query) {
        return query.getResultStream()
                .map(row -> new MailList(
                        address((String) row[0]), (String) row[1], Instant.ofEpochMilli((Long) row[2]), (Long) row[3]))
                .toList();
    }

    private static EmailAddress address(String stored) {
        return EmailAddress.parse(stored).orElseThrow();
    }
}
