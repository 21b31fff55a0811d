package org.merpati.core.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Unit;

/**
 * The door for threads that stand on the container's ground: HTTP requests and timers in every home, and all threads of
 * the embedded home. It sees to an active request context.
 */
@ApplicationScoped
public class CdiDoor implements Door {
    @Inject
    DoorWork work;

    @Inject
    Instance<RequestContextController> contexts;

    @Override
    public <T> Outcome<T> call(Unit<T> unit) {
        var context = contexts.get();
        boolean mine = context.activate();
        try {
            return work.run(unit);
        } finally {
            if (mine) {
                context.deactivate();
            }
            contexts.destroy(context);
        }
    }
}
