package org.merpati.launch.runtime;

import jakarta.persistence.EntityManagerFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.eclipse.persistence.config.PersistenceUnitProperties;
import org.eclipse.persistence.jpa.PersistenceProvider;

/** Opens EclipseLink's persistence unit on our datasource and transactions, whatever its persistence.xml names. */
final class PersistenceUnit {
    private static final AtomicLong SESSIONS = new AtomicLong();

    private PersistenceUnit() {}

    static EntityManagerFactory open(String name, DataSource dataSource) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(PersistenceUnitProperties.TRANSACTION_TYPE, "JTA");
        properties.put(PersistenceUnitProperties.JTA_DATASOURCE, dataSource);
        properties.put(PersistenceUnitProperties.TARGET_SERVER, NarayanaPlatform.class.getName());
        properties.put(PersistenceUnitProperties.WEAVING, "false");
        properties.put(PersistenceUnitProperties.LOGGING_LOGGER, "JavaLogger");
        properties.put(PersistenceUnitProperties.DEPLOY_ON_STARTUP, "true");
        properties.put("jakarta.persistence.validation.mode", "none");
        // sessions are shared by name: a second runtime would get the first one's database
        properties.put(PersistenceUnitProperties.SESSION_NAME, "merpati-" + SESSIONS.incrementAndGet());
        var factory = new PersistenceProvider().createEntityManagerFactory(name, properties);
        if (factory == null) {
            throw new IllegalStateException("no persistence unit " + name + " on the class path");
        }
        return factory;
    }
}
