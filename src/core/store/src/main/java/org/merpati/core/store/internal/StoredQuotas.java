package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Quotas;

@ApplicationScoped
@Transactional
public class StoredQuotas implements Quotas {
    private static final String DOMAIN =
            "select sum(a.size), sum(a.messages), d.quotaSize, d.quotaMessages from Domain d left join Account a"
                    + " on a.domainId = d.id where d.";
    private static final String GROUPED = " group by d.id, d.quotaSize, d.quotaMessages";

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Override
    public Optional<Usage> account(AccountId account) {
        return usage(
                "select a.size, a.messages, a.quotaSize, a.quotaMessages from Account a where a.id = :of",
                account.value());
    }

    @Override
    public Optional<Usage> domain(String name) {
        return usage(DOMAIN + "name = :of" + GROUPED, name);
    }

    @Override
    public boolean room(AccountId account, long octets) {
        var own = account(account);
        var all = usage(DOMAIN + "id = (select o.domainId from Account o where o.id = :of)" + GROUPED, account.value());
        return own.isPresent() && all.isPresent() && room(own.get(), octets) && room(all.get(), octets);
    }

    private static boolean room(Usage usage, long octets) {
        return usage.limits().allow(usage.octets() + octets, usage.emails() + 1);
    }

    @Override
    public boolean limitAccount(EmailAddress account, Limits limits) {
        return limit(
                "update Account e set e.quotaSize = :size, e.quotaMessages = :messages where e.address = :of",
                account.toString(),
                limits);
    }

    @Override
    public boolean limitDomain(String domain, Limits limits) {
        return limit(
                "update Domain e set e.quotaSize = :size, e.quotaMessages = :messages where e.name = :of",
                domain,
                limits);
    }

    private boolean limit(String statement, String of, Limits limits) {
        return db.createQuery(statement)
                        .setParameter("size", column(limits.octets()))
                        .setParameter("messages", column(limits.emails()))
                        .setParameter("of", of)
                        .executeUpdate()
                == 1;
    }

    private Optional<Usage> usage(String query, Object of) {
        return db.createQuery(query, Object[].class)
                .setParameter("of", of)
                .getResultStream()
                .map(row -> new Usage(used(row[0]), used(row[1]), new Limits(limit(row[2]), limit(row[3]))))
                .findFirst();
    }

    private static long used(@Nullable Object sum) {
        return sum instanceof Number number ? number.longValue() : 0;
    }

    private static OptionalLong limit(@Nullable Object column) {
        return column instanceof Long limit ? OptionalLong.of(limit) : OptionalLong.empty();
    }

    private static @Nullable Long column(OptionalLong limit) {
        return limit.isPresent() ? limit.getAsLong() : null;
    }
}
