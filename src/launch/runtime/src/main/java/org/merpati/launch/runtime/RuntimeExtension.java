package org.merpati.launch.runtime;

import com.arjuna.ats.jta.common.jtaPropertyManager;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.literal.InjectLiteral;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import javax.sql.DataSource;
import org.merpati.core.api.door.ConnectionReset;

/** Makes beans of what the runtime holds, and {@code @PersistenceContext} fields injected ones. */
final class RuntimeExtension implements Extension {
    private final ConnectionPool pool;
    private final EntityManagerFactory factory;
    private final Map<Class<?>, Object> given;

    RuntimeExtension(ConnectionPool pool, EntityManagerFactory factory, Map<Class<?>, Object> given) {
        this.pool = pool;
        this.factory = factory;
        this.given = Map.copyOf(given);
    }

    <T> void injectEntityManagers(@Observes @WithAnnotations(PersistenceContext.class) ProcessAnnotatedType<T> type) {
        if (type.getAnnotatedType().getMethods().stream()
                .anyMatch(method -> method.isAnnotationPresent(PersistenceContext.class))) {
            throw new DefinitionException(
                    "@PersistenceContext stands on fields here, not on methods: " + type.getAnnotatedType());
        }
        type.configureAnnotatedType()
                .filterFields(field -> field.isAnnotationPresent(PersistenceContext.class))
                .forEach(field -> field.add(InjectLiteral.INSTANCE));
    }

    void addBeans(@Observes AfterBeanDiscovery discovery) {
        var manager = TransactionEntityManagers.shared(
                factory, jtaPropertyManager.getJTAEnvironmentBean().getTransactionSynchronizationRegistry());
        add(discovery, EntityManager.class, manager);
        add(discovery, EntityManagerFactory.class, factory);
        add(discovery, DataSource.class, pool.dataSource());
        add(discovery, ConnectionReset.class, pool);
        given.forEach((type, instance) -> add(discovery, type, instance));
    }

    private static void add(AfterBeanDiscovery discovery, Class<?> type, Object instance) {
        discovery
                .addBean()
                .types(Object.class, type)
                .scope(Singleton.class)
                .beanClass(type)
                .produceWith(beans -> instance);
    }
}
