package org.merpati.launch.runtime;

import com.arjuna.ats.jta.TransactionManager;
import org.eclipse.persistence.platform.server.ServerPlatformBase;
import org.eclipse.persistence.sessions.DatabaseSession;
import org.eclipse.persistence.sessions.ExternalTransactionController;
import org.eclipse.persistence.transaction.JTATransactionController;

/** Tells EclipseLink where the transaction manager is. Made by EclipseLink, by name. */
public final class NarayanaPlatform extends ServerPlatformBase {
    public NarayanaPlatform(DatabaseSession session) {
        super(session);
        disableRuntimeServices(); // no MBeans
    }

    @Override
    public Class<? extends ExternalTransactionController> getExternalTransactionControllerClass() {
        return Controller.class;
    }

    /** Made by EclipseLink, by name. */
    public static final class Controller extends JTATransactionController {
        public Controller() {
            super(TransactionManager.transactionManager());
        }
    }
}
