package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.DomainId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Domains;
import org.merpati.core.store.PlatformHolder;

@ApplicationScoped
@Transactional
public class StoredDomains implements Domains {
    private static final String SELECT =
            "select d.id, d.name, d.created, (select count(a) from Account a where a.domainId = d.id), d.subaddressing,"
                    + " d.catchAll from Domain d ";

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    PlatformHolder server;

    @Inject
    AddressBook addresses;

    @Override
    public Optional<Domain> add(String name) {
        if (find(name).isPresent()) {
            return Optional.empty();
        }
        var entity = new DomainEntity();
        entity.name = name;
        entity.created = server.platform().clock().millis();
        entity.subaddressing = true;
        db.persist(entity);
        return Optional.of(new Domain(
                new DomainId(entity.id), name, Instant.ofEpochMilli(entity.created), 0, true, Optional.empty()));
    }

    @Override
    public List<Domain> list(String after, int limit) {
        return db.createQuery(SELECT + "where d.name > :after order by d.name", Object[].class)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultStream()
                .map(StoredDomains::domain)
                .toList();
    }

    @Override
    public Optional<Domain> find(String name) {
        return db.createQuery(SELECT + "where d.name = :name", Object[].class)
                .setParameter("name", name)
                .getResultStream()
                .map(StoredDomains::domain)
                .findFirst();
    }

    @Override
    public boolean setSubaddressing(String name, boolean on) {
        return db.createQuery("update Domain d set d.subaddressing = :on where d.name = :name")
                        .setParameter("on", on)
                        .setParameter("name", name)
                        .executeUpdate()
                == 1;
    }

    @Override
    public CatchAll setCatchAll(String name, Optional<EmailAddress> address) {
        if (address.isPresent() && addresses.find(address.get()).isEmpty()) {
            return find(name).isEmpty() ? CatchAll.NO_SUCH_DOMAIN : CatchAll.NO_SUCH_ADDRESS;
        }
        int changed = db.createQuery("update Domain d set d.catchAll = :address where d.name = :name")
                .setParameter("address", address.map(EmailAddress::toString).orElse(null))
                .setParameter("name", name)
                .executeUpdate();
        return changed == 1 ? CatchAll.SET : CatchAll.NO_SUCH_DOMAIN;
    }

    @Override
    public Removal remove(String name) {
        var domain = find(name);
        if (domain.isEmpty()) {
            return Removal.NO_SUCH_DOMAIN;
        }
        if (domain.get().accounts() > 0) {
            return Removal.HAS_ACCOUNTS;
        }
        if (addresses.in(domain.get().id().value())) {
            return Removal.HAS_ADDRESSES;
        }
        db.createQuery("delete from Domain d where d.id = :id")
                .setParameter("id", domain.get().id().value())
                .executeUpdate();
        return Removal.REMOVED;
    }

    private static Domain domain(Object[] row) {
        return new Domain(
                new DomainId((Long) row[0]),
                (String) row[1],
                Instant.ofEpochMilli((Long) row[2]),
                (Long) row[3],
                (Boolean) row[4],
                Optional.ofNullable((String) row[5]).flatMap(EmailAddress::parse));
    }
}
