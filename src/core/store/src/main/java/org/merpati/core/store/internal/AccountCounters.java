package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.store.Quotas.Limits;
import org.merpati.core.store.Quotas.Usage;

/**
 * How many emails an account has, each once however many mailboxes hold it, and their octets. Changed under the account's
 * lock in the transaction that makes or destroys the emails. A domain's numbers are the sums of its accounts', counted when
 * asked for: to keep them would make all deliveries to a domain wait for one row.
 */
@ApplicationScoped
public class AccountCounters {
    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    Sql sql;

    private record Standing(Usage account, long domain, Limits domainLimits) {}

    /** @param emails negative when they were destroyed; so {@code octets} */
    void add(AccountId account, long emails, long octets) {
        if (emails == 0 && octets == 0) {
            return;
        }
        // not JPQL: EclipseLink writes the numbers into an update's text, so that each would be a statement of its own
        sql.update(
                "update account set messages = messages + ?, size = size + ? where id = ?",
                emails,
                octets,
                account.value());
    }

    /**
     * Whether so much more stays within the limits of the account and of its domain. Asked under the account's lock the
     * account's limit is kept exactly; accounts of one domain that grow at the same time may pass the domain's by what they
     * add at once. False when there is no such account.
     */
    boolean room(AccountId account, long emails, long octets) {
        var standing = standing(account);
        if (standing.isEmpty()) {
            return false;
        }
        var own = standing.get().account();
        if (!own.limits().allow(own.octets() + octets, own.emails() + emails)) {
            return false;
        }
        var limits = standing.get().domainLimits();
        if (limits.equals(Limits.NONE)) {
            return true;
        }
        var all = ofDomain(standing.get().domain(), limits);
        return limits.allow(all.octets() + octets, all.emails() + emails);
    }

    /** The octets of the largest message that there is room for; less than 0: none. */
    long room(AccountId account) {
        return standing(account)
                .map(standing -> standing.domainLimits().equals(Limits.NONE)
                        ? standing.account().room()
                        : Math.min(
                                standing.account().room(),
                                ofDomain(standing.domain(), standing.domainLimits())
                                        .room()))
                .orElse(-1L);
    }

    Optional<Usage> ofAccount(AccountId account) {
        return standing(account).map(Standing::account);
    }

    Usage ofDomain(long domain, Limits limits) {
        var sums = db.createQuery(
                        "select coalesce(sum(a.size), 0), coalesce(sum(a.messages), 0) from Account a"
                                + " where a.domainId = :domain",
                        Object[].class)
                .setParameter("domain", domain)
                .getSingleResult();
        return new Usage(((Number) sums[0]).longValue(), ((Number) sums[1]).longValue(), limits);
    }

    static Limits limits(@Nullable Object octets, @Nullable Object emails) {
        return new Limits(limit(octets), limit(emails));
    }

    private Optional<Standing> standing(AccountId account) {
        return sql
                .select(
                        row -> new Standing(
                                new Usage(row.getLong(1), row.getLong(2), limits(row.getObject(3), row.getObject(4))),
                                row.getLong(5),
                                limits(row.getObject(6), row.getObject(7))),
                        "select a.size, a.messages, a.quota_size, a.quota_messages, d.id, d.quota_size, d.quota_messages"
                                + " from account a join domain d on d.id = a.domain_id where a.id = ?",
                        account.value())
                .stream()
                .findFirst();
    }

    private static OptionalLong limit(@Nullable Object column) {
        return column == null ? OptionalLong.empty() : OptionalLong.of((Long) column);
    }
}
