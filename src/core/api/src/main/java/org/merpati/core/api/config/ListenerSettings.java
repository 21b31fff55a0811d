package org.merpati.core.api.config;

import java.util.List;

/**
 * One listener as the settings want it.
 *
 * @param name stands in connection ids, {@code status} and error messages
 * @param bind host names or addresses, at least one
 * @param port 0 for any free port
 * @param proxyTrusted peers from here begin with a PROXY header, which names the client
 */
public record ListenerSettings(
        String name, ListenerProtocol protocol, List<String> bind, int port, TlsMode tls, List<Network> proxyTrusted) {
    public ListenerSettings {
        bind = List.copyOf(bind);
        proxyTrusted = List.copyOf(proxyTrusted);
    }

    /** Of the protocol's own name, whose port has a setting by that name too. */
    public boolean usual() {
        return name.equals(protocol.text());
    }

    /** The setting of its port, as an administrator would look for it. */
    public String portSetting() {
        return usual() ? name + ".port" : Settings.LISTENER_PORT.name(name);
    }
}
