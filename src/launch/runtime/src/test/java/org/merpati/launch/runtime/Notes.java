package org.merpati.launch.runtime;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.List;

@ApplicationScoped
public class Notes {
    @PersistenceContext
    private EntityManager entities;

    @Inject
    private TransactionSynchronizationRegistry registry;

    @Transactional
    public void add(long id, String text) {
        entities.persist(new Note(id, text));
    }

    @Transactional
    public void addAndFail(long id) {
        entities.persist(new Note(id, "lost"));
        entities.flush();
        throw new IllegalArgumentException("on purpose");
    }

    /** Adds a note and calls the task once the commit has succeeded. */
    @Transactional
    public void addThen(long id, String text, Runnable task) {
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    task.run();
                }
            }
        });
        entities.persist(new Note(id, text));
    }

    @Transactional
    public long count() {
        return entities.createQuery("select count(n) from Note n", Long.class).getSingleResult();
    }

    @Transactional
    public List<Note> findTwice(long id) {
        return List.of(entities.find(Note.class, id), entities.find(Note.class, id));
    }

    @Transactional
    public Object delegate() {
        return entities.getDelegate();
    }

    public void addOutsideATransaction(long id) {
        entities.persist(new Note(id, "never"));
    }
}
