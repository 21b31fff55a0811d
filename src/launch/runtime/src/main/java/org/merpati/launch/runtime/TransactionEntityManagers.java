package org.merpati.launch.runtime;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** The one entity manager of each transaction, behind an object that every bean can share. */
final class TransactionEntityManagers implements InvocationHandler {
    private final EntityManagerFactory factory;
    private final TransactionSynchronizationRegistry registry;

    private TransactionEntityManagers(EntityManagerFactory factory, TransactionSynchronizationRegistry registry) {
        this.factory = factory;
        this.registry = registry;
    }

    /** An entity manager for any thread: each call goes to that of the caller's transaction, and fails without one. */
    static EntityManager shared(EntityManagerFactory factory, TransactionSynchronizationRegistry registry) {
        return (EntityManager) Proxy.newProxyInstance(
                TransactionEntityManagers.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                new TransactionEntityManagers(factory, registry));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "equals" -> arguments != null && isShared(arguments[0]);
            case "hashCode" -> hashCode();
            case "toString" -> "the entity manager of the current transaction";
            case "isOpen" -> factory.isOpen();
            case "close" ->
                throw new IllegalStateException("an injected entity manager is closed with its transaction");
            default -> call(method, arguments);
        };
    }

    private boolean isShared(@Nullable Object other) {
        return other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other).equals(this);
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(current(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private EntityManager current() {
        if (registry.getTransactionKey() == null || registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
            throw new IllegalStateException("an entity manager is used outside a transaction");
        }
        if (registry.getResource(this) instanceof EntityManager open) {
            return open;
        }
        var manager = factory.createEntityManager();
        registry.registerInterposedSynchronization(
                new Closing(manager, Thread.currentThread().threadId()));
        registry.putResource(this, manager);
        return manager;
    }

    /**
     * Closes the entity manager after the transaction, but not under the hands of the thread that uses it: a time-out
     * ends the transaction on a thread of Narayana's, and then the manager is left to the collector; its connection has
     * gone back with the transaction.
     */
    private record Closing(EntityManager manager, long owner) implements Synchronization {
        @Override
        public void beforeCompletion() {
            // EclipseLink flushes by a synchronization of its own
        }

        @Override
        public void afterCompletion(int status) {
            if (Thread.currentThread().threadId() == owner && manager.isOpen()) {
                manager.close();
            }
        }
    }
}
