package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.store.Addresses;
import org.merpati.core.store.internal.AddressBook.Entry;

/**
 * Follows lists into lists, one statement a level. A list is followed once however often it is met, so that even lists that
 * two administrators put into one another at the same moment come to an end.
 */
@ApplicationScoped
public class ListMembers {
    /** Lists that are followed; more than that is nothing that people made. */
    private static final int MOST_LISTS = 1_000;

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    /** The accounts that a list leads to, each once; empty when they, the lists or the levels are more than there may be. */
    Optional<List<AccountId>> accounts(String list) {
        var accounts = new LinkedHashSet<AccountId>();
        var followed = new HashSet<>(Set.of(list));
        Set<String> level = Set.of(list);
        for (int depth = 0; !level.isEmpty(); depth++) {
            if (depth == Addresses.MOST_LEVELS || followed.size() > MOST_LISTS) {
                return Optional.empty();
            }
            var next = new HashSet<String>();
            var members = members(level);
            for (var member : members) {
                if (!member.kind().equals(AddressBook.LIST)) {
                    accounts.add(new AccountId(member.account()));
                } else if (followed.add(member.address())) {
                    next.add(member.address());
                }
            }
            if (accounts.size() > Addresses.MOST_ACCOUNTS || members.size() > mostRows()) {
                return Optional.empty();
            }
            level = next;
        }
        return Optional.of(List.copyOf(accounts));
    }

    /** How many levels of lists begin with this one: 1 where it has none in it. */
    int levelsBelow(String list) {
        return levels(
                list,
                "select distinct m.memberAddress from ListMember m, Address a where m.listAddress in :level"
                        + " and a.address = m.memberAddress and a.kind = 'list'");
    }

    /** How many levels of lists end with this one: 1 where it is in none. */
    int levelsAbove(String list) {
        return levels(list, "select distinct m.listAddress from ListMember m where m.memberAddress in :level");
    }

    /** Whether {@code inner} is {@code outer} or somewhere in it. */
    boolean contains(String outer, String inner) {
        var followed = new HashSet<>(Set.of(outer));
        Set<String> level = Set.of(outer);
        while (!level.isEmpty() && !level.contains(inner) && followed.size() <= MOST_LISTS) {
            level = members(level).stream()
                    .filter(member -> member.kind().equals(AddressBook.LIST))
                    .map(Entry::address)
                    .filter(followed::add)
                    .collect(Collectors.toSet());
        }
        return level.contains(inner);
    }

    private int levels(String list, String query) {
        Set<String> level = Set.of(list);
        int levels = 0;
        while (!level.isEmpty() && levels <= Addresses.MOST_LEVELS) {
            levels++;
            level = Set.copyOf(db.createQuery(query, String.class)
                    .setParameter("level", level)
                    .setMaxResults(MOST_LISTS)
                    .getResultList());
        }
        return levels;
    }

    /** Direct ones of all these lists, and no more than a few above {@link #mostRows}. */
    private List<Entry> members(Collection<String> lists) {
        return db.createQuery(
                        "select distinct a.address, a.kind, a.accountId from ListMember m, Address a"
                                + " where m.listAddress in :lists and a.address = m.memberAddress",
                        Object[].class)
                .setParameter("lists", lists)
                .setMaxResults(mostRows() + 1)
                .getResultStream()
                .map(Entry::of)
                .toList();
    }

    /** Several lists of a level may name the same accounts. */
    private static int mostRows() {
        return 2 * Addresses.MOST_ACCOUNTS;
    }
}
