package org.merpati.lib.sasl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The bindings that this end knows of its connection, the better first; none without TLS. */
public final class ChannelBindings {
    private static final ChannelBindings NONE = new ChannelBindings(Map.of());

    private final Map<String, ChannelBinding> byName;

    private ChannelBindings(Map<String, ChannelBinding> byName) {
        this.byName = byName;
    }

    public static ChannelBindings none() {
        return NONE;
    }

    public static ChannelBindings of(Iterable<ChannelBinding> bindings) {
        var byName = new LinkedHashMap<String, ChannelBinding>();
        bindings.forEach(binding -> byName.putIfAbsent(binding.name(), binding));
        return new ChannelBindings(byName);
    }

    public Optional<ChannelBinding> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The one a client takes. */
    public Optional<ChannelBinding> first() {
        return byName.values().stream().findFirst();
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }
}
