package org.merpati.core.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.Platform;

/**
 * Where the {@link Platform} of this server is found by beans. It stands here, in EAR/lib, because beans of this jar can't
 * see producers of a module on WildFly; whoever starts the server puts the platform in first.
 */
@ApplicationScoped
public class PlatformHolder {
    private volatile @Nullable Platform platform;

    /** Called once by whoever opened it, before the door opens. */
    public void set(Platform opened) {
        platform = opened;
    }

    /** @throws IllegalStateException before the server has started */
    @Produces
    public Platform platform() {
        var held = platform;
        if (held == null) {
            throw new IllegalStateException("the server is not started");
        }
        return held;
    }
}
