package org.merpati.adapter.net;

import java.net.InetAddress;
import java.util.List;
import org.merpati.core.api.config.Network;
import org.merpati.core.api.config.ThreadKind;
import org.merpati.core.api.config.TlsMode;
import org.merpati.core.api.session.Protocol;

/**
 * What a {@link Listener} does with connections.
 *
 * @param keys asked only where TLS is not none
 * @param proxies whose connections begin with a PROXY header
 */
record Service(
        Protocol protocol,
        TlsMode tls,
        TlsSource keys,
        List<Network> proxies,
        Limits limits,
        ThreadKind threads,
        Patience patience) {
    /** Whether this peer is a proxy that must say who the client is. */
    boolean trusts(InetAddress peer) {
        return proxies.stream().anyMatch(network -> network.contains(peer));
    }
}
