package org.merpati.core.store.jpa;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.transaction.TransactionManager;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.eclipse.persistence.platform.server.ServerPlatformBase;
import org.eclipse.persistence.sessions.DatabaseSession;
import org.eclipse.persistence.sessions.ExternalTransactionController;
import org.eclipse.persistence.transaction.JTATransactionController;

/**
 * EclipseLink's {@code eclipselink.target-server} for WildFly and the embedded home; named in persistence.xml. Without it
 * every use of JTA on WildFly fails. Payara overrides it with its own.
 */
public class TransactionPlatform extends ServerPlatformBase {
    public TransactionPlatform(DatabaseSession session) {
        super(session);
    }

    @Override
    public Class<? extends ExternalTransactionController> getExternalTransactionControllerClass() {
        return Controller.class;
    }

    /** Looks where containers keep the transaction manager, then asks CDI, which has it in the embedded home. */
    public static class Controller extends JTATransactionController {
        private static final List<String> NAMES =
                List.of("java:jboss/TransactionManager", "java:appserver/TransactionManager");

        @Override
        @SuppressWarnings("BanJNDI") // constant java: names of this container
        protected TransactionManager acquireTransactionManager() {
            for (var name : NAMES) {
                try {
                    return InitialContext.doLookup(name);
                } catch (NamingException e) {
                    // not this container
                }
            }
            return CDI.current().select(TransactionManager.class).get();
        }
    }
}
