package org.merpati.adapter.jca;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.Platform;
import org.merpati.core.api.config.Setting;
import org.merpati.core.api.door.Door;

/**
 * A resource adapter that listens for mail clients and brings what they ask for to message-driven beans.
 *
 * <p>Two adapters are equal only if they are the same one: a container may hold a second instance with its own settings.
 */
public abstract class ListenerAdapter implements ResourceAdapter {
    private final String name;
    private final Map<ActivationSpec, Activation> activations = new ConcurrentHashMap<>();
    private final Map<String, String> given = new LinkedHashMap<>();

    /** @param name of the archive, for logs and as the source of its settings */
    protected ListenerAdapter(String name) {
        this.name = name;
    }

    /** Opens all of this adapter's listeners; the platform's settings are those in effect. */
    protected abstract Closeable open(Platform platform, Door door) throws IOException;

    /** Takes a property that an administrator gave to the adapter; it wins over all other sources. Null and empty: not given. */
    protected final void give(Setting<?> setting, @Nullable Object value) {
        if (value == null || value.toString().isBlank()) {
            given.remove(setting.name());
        } else {
            given.put(setting.name(), value.toString());
        }
    }

    private Closeable openWithSettings(Platform platform, Door door) throws IOException {
        var config = platform.config().with(given, "resource adapter " + name);
        return open(platform.with(config), door);
    }

    @Override
    public void start(BootstrapContext context) {
        // nothing: see the package's invariants
    }

    @Override
    public void stop() {
        activations.keySet().forEach(spec -> endpointDeactivation(null, spec));
    }

    @Override
    public void endpointActivation(MessageEndpointFactory endpoints, ActivationSpec spec) {
        var activation = new Activation(name, new EndpointDoor(endpoints), this::openWithSettings);
        var before = activations.put(spec, activation);
        if (before != null) {
            before.close();
        }
        activation.start();
    }

    @Override
    public void endpointDeactivation(@Nullable MessageEndpointFactory endpoints, ActivationSpec spec) {
        var activation = activations.remove(spec);
        if (activation != null) {
            activation.close();
        }
    }

    /** No recovery: no endpoint works within an adapter's transaction. */
    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(this);
    }
}
