package org.merpati.adapter.jca;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;
import org.merpati.adapter.net.Listening;
import org.merpati.adapter.net.MailListeners;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.ConfigException;
import org.merpati.core.api.config.ListenerProtocol;
import org.merpati.core.api.config.ListenerSettings;
import org.merpati.core.api.config.Setting;

/**
 * A resource adapter that listens for mail clients and brings what they ask for to message-driven beans.
 *
 * <p>Two adapters are equal only if they are the same one: a container may hold a second instance with other settings.
 */
public abstract class ListenerAdapter implements ResourceAdapter {
    private static final Logger LOG = System.getLogger(ListenerAdapter.class.getName());

    /** Of this application: a deployment has its own copy of this class. */
    private static final Set<MailListeners> ALL = ConcurrentHashMap.newKeySet();

    private final String name;
    private final Set<ListenerProtocol> protocols;
    private final Map<ActivationSpec, MailListeners> open = new ConcurrentHashMap<>();
    private final Map<String, String> given = new ConcurrentHashMap<>();

    /**
     * @param name of the archive, for logs and as the source of its settings
     * @param protocols whose listeners it opens
     */
    protected ListenerAdapter(String name, Set<ListenerProtocol> protocols) {
        this.name = name;
        this.protocols = Set.copyOf(protocols);
    }

    /** Takes a property that an administrator gave to the adapter; it wins over all other sources. Empty: not given. */
    protected final void give(Setting<?> setting, @Nullable Object value) {
        if (value == null || value.toString().isBlank()) {
            given.remove(setting.name());
        } else {
            given.put(setting.name(), value.toString());
        }
    }

    @Override
    public void start(BootstrapContext context) {
        // nothing: see the package's invariants
    }

    @Override
    public void stop() {
        open.keySet().forEach(spec -> endpointDeactivation(null, spec));
    }

    /** @throws ResourceException when a setting is wrong or a port is taken: the deployment fails and says so */
    @Override
    public void endpointActivation(MessageEndpointFactory endpoints, ActivationSpec spec) throws ResourceException {
        try {
            var config = ContainerSettings.load(given, "resource adapter " + name);
            var listeners = MailListeners.bind(wanted(config, ((ListenerActivation) spec).names()));
            open.put(spec, listeners);
            ALL.add(listeners);
            listeners.startWhenReady(new EndpointDoor(endpoints));
        } catch (IOException | ConfigException e) {
            throw new ResourceException(name + ": " + e.getMessage(), e);
        }
    }

    /** The listeners of our protocols that an activation names, or all of them. */
    private List<ListenerSettings> wanted(Config config, List<String> names) throws ResourceException {
        var ours = config.listeners().stream()
                .filter(listener -> protocols.contains(listener.protocol()))
                .toList();
        for (var wish : names) {
            if (ours.stream().noneMatch(listener -> listener.name().equals(wish))) {
                throw new ResourceException(name + ": an activation names a listener " + wish + ", and there are "
                        + ours.stream().map(ListenerSettings::name).toList());
            }
        }
        return names.isEmpty()
                ? ours
                : ours.stream()
                        .filter(listener -> names.contains(listener.name()))
                        .toList();
    }

    /** Closes the listeners and waits, bounded, for their connections, so that running units keep their container. */
    @Override
    public void endpointDeactivation(@Nullable MessageEndpointFactory endpoints, ActivationSpec spec) {
        var listeners = open.remove(spec);
        if (listeners != null) {
            close(listeners);
        }
    }

    /**
     * Closes what is open in this application. Containers do not agree whether an application's beans or its endpoints end
     * first; whoever gives up what connections stand on calls this before.
     */
    public static void closeAll() {
        List.copyOf(ALL).forEach(ListenerAdapter::close);
    }

    /** What is open in this application, in the order of the protocols. */
    public static List<Listening> listening() {
        return ALL.stream()
                .flatMap(listeners -> listeners.listening().stream())
                .sorted(Comparator.comparing(Listening::protocol).thenComparing(Listening::name))
                .toList();
    }

    private static void close(MailListeners listeners) {
        try {
            listeners.close();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "listeners did not close cleanly: " + listeners.listening(), e);
        } finally {
            ALL.remove(listeners);
        }
    }

    /** No recovery: no endpoint works within a transaction of the adapter's. */
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
