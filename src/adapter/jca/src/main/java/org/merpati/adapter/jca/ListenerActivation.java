package org.merpati.adapter.jca;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ResourceAdapter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bean's wish to serve listeners. Ports and addresses are the administrator's, on the adapter. */
public abstract class ListenerActivation implements ActivationSpec {
    private @Nullable ResourceAdapter adapter;
    private String listener = "";

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) {
        this.adapter = adapter;
    }

    public String getListener() {
        return listener;
    }

    /** Names of listeners, separated by commas; empty: all that the adapter has. */
    public void setListener(@Nullable String listener) {
        this.listener = listener == null ? "" : listener;
    }

    /** The listeners named; empty: all. */
    List<String> names() {
        return Arrays.stream(listener.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Override
    public void validate() {
        // names are known when the settings are
    }
}
