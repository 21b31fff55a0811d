package org.merpati.adapter.net;

import java.util.List;

/**
 * Where a listener binds.
 *
 * @param bind host names or addresses, at least one; {@code 0.0.0.0} or {@code ::} for all
 * @param port the same for all of them; 0 for any port that is free on all of them
 */
public record ListenerAddress(List<String> bind, int port) {
    public ListenerAddress {
        bind = List.copyOf(bind);
        if (bind.isEmpty()) {
            throw new IllegalArgumentException("a listener needs at least one address to bind to");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is from 0 to 65535, not " + port);
        }
    }
}
