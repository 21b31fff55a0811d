package org.merpati.launch.runtime;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.arjuna.common.recoveryPropertyManager;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.internal.arjuna.utils.UuidProcessId;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;

/** Narayana's settings. They belong to the class loader, so they are made once, whatever the number of runtimes. */
final class Transactions {
    /** DESIGN §2.10. */
    private static final int TIMEOUT_SECONDS = 60;

    private static boolean done;

    private Transactions() {}

    static synchronized void setUp() {
        if (done) {
            return;
        }
        try {
            arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("merpati");
        } catch (CoreEnvironmentBeanException e) {
            throw new IllegalStateException(e);
        }
        arjPropertyManager.getCoreEnvironmentBean().setProcessImplementationClassName(UuidProcessId.class.getName());
        var coordinator = arjPropertyManager.getCoordinatorEnvironmentBean();
        coordinator.setDefaultTimeout(TIMEOUT_SECONDS);
        coordinator.setCommitOnePhase(true);
        coordinator.setTransactionStatusManagerEnable(false);
        recoveryPropertyManager.getRecoveryEnvironmentBean().setRecoveryListener(false);
        for (var store : new String[] {"default", "stateStore", "communicationStore"}) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store.equals("default") ? null : store)
                    .setObjectStoreType(VolatileStore.class.getName());
        }
        done = true;
    }
}
