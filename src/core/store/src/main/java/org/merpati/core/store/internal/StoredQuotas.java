package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    AccountCounters counters;

    @Override
    public Optional<Usage> account(AccountId account) {
        return counters.ofAccount(account);
    }

    @Override
    public Optional<Usage> domain(String name) {
        return domainRow(name)
                .map(domain ->
                        counters.ofDomain(domain.id, AccountCounters.limits(domain.quotaSize, domain.quotaMessages)));
    }

    @Override
    public long room(AccountId account) {
        return counters.room(account);
    }

    @Override
    public boolean limitAccount(EmailAddress account, Limits limits) {
        var row = db.createQuery("select a from Account a where a.address = :address", AccountEntity.class)
                .setParameter("address", account.toString())
                .getResultStream()
                .findFirst();
        row.ifPresent(entity -> {
            entity.quotaSize = column(limits.octets());
            entity.quotaMessages = column(limits.emails());
        });
        return row.isPresent();
    }

    @Override
    public boolean limitDomain(String domain, Limits limits) {
        var row = domainRow(domain);
        row.ifPresent(entity -> {
            entity.quotaSize = column(limits.octets());
            entity.quotaMessages = column(limits.emails());
        });
        return row.isPresent();
    }

    private Optional<DomainEntity> domainRow(String name) {
        return db.createQuery("select d from Domain d where d.name = :name", DomainEntity.class)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    private static @Nullable Long column(OptionalLong limit) {
        return limit.isPresent() ? limit.getAsLong() : null;
    }
}
