package org.merpati.core.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told once the transaction has committed, and never when it has not. The one class that knows the
 * transaction synchronization registry: CDI's AFTER_SUCCESS observers fire inside the transaction in the embedded home.
 */
@ApplicationScoped
public class AfterCommit {
    private static final Logger LOG = System.getLogger(AfterCommit.class.getName());

    @Inject
    Instance<TransactionSynchronizationRegistry> injected;

    private volatile @Nullable TransactionSynchronizationRegistry registry;

    /** Runs the task after the current transaction's commit, on its thread. The task returns at once; it can't fail it. */
    public void run(Runnable task) {
        registry().registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // nothing to do before
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.log(Level.WARNING, "after a commit", e);
                    }
                }
            }
        });
    }

    private TransactionSynchronizationRegistry registry() {
        var known = registry;
        if (known == null) {
            known = injected.isResolvable() ? injected.get() : lookup();
            registry = known;
        }
        return known;
    }

    @SuppressWarnings("BanJNDI") // a constant java: name of this container
    private static TransactionSynchronizationRegistry lookup() {
        try {
            return InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
        } catch (NamingException e) {
            throw new IllegalStateException("no transaction synchronization registry here", e);
        }
    }
}
