package org.merpati.check.containers.fault;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.merpati.core.store.Deliveries;
import org.merpati.core.store.internal.DomainEntity;

/**
 * Makes the commit of some deliveries fail, and nothing before it: in the delivery's own transaction it leaves a row that
 * breaks a constraint, which the database sees when the transaction is flushed at its end.
 */
@Decorator
@Priority(1)
public class FailingCommit implements Deliveries {
    /** A message with this in its subject is not to be had. */
    public static final String MARK = "fails-at-commit";

    @Inject
    @Delegate
    @Any
    Deliveries deliveries;

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Override
    public Delivered deliver(Delivery delivery) {
        var delivered = deliveries.deliver(delivery);
        if (delivery.message().subject().contains(MARK)) {
            db.persist(new DomainEntity()); // a domain must have a name
        }
        return delivered;
    }
}
