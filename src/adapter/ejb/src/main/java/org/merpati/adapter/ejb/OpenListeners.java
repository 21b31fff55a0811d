package org.merpati.adapter.ejb;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.merpati.adapter.jca.ListenerAdapter;
import org.merpati.core.api.session.ListenerInfo;
import org.merpati.core.api.session.Listeners;

/** The mail ports that this application's adapters have open; its container's HTTP is not among them. */
@ApplicationScoped
public class OpenListeners implements Listeners {
    @Override
    public List<ListenerInfo> open() {
        return ListenerAdapter.listening().stream()
                .map(one -> new ListenerInfo(one.name(), one.address(), one.port(), one.tls()))
                .toList();
    }
}
