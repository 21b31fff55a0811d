package org.merpati.adapter.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The server sockets of one listener, all on one port. */
final class BoundSockets {
    private static final int BACKLOG = 4096;
    private static final int TRIES = 20;

    private BoundSockets() {}

    /**
     * Binds all addresses or none.
     *
     * @throws IOException that names the setting, the address and the port
     */
    static List<ServerSocket> open(String setting, ListenerAddress address) throws IOException {
        var hosts = resolve(address);
        for (int tried = 1; ; tried++) {
            var sockets = new ArrayList<ServerSocket>();
            int port = address.port();
            try {
                for (var host : hosts) {
                    sockets.add(bind(setting, host, port));
                    port = sockets.getFirst().getLocalPort();
                }
                return List.copyOf(sockets);
            } catch (IOException e) {
                close(sockets);
                // a port free on the first address may be taken on the next: another one is tried
                if (address.port() != 0 || sockets.isEmpty() || tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    static void close(List<ServerSocket> sockets) {
        for (var socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException("a server socket did not close", e);
            }
        }
    }

    /** Names looked up, each address once: all that mean "every address" are one, as the system binds both families. */
    private static Set<InetAddress> resolve(ListenerAddress address) throws UnknownHostException {
        var hosts = new LinkedHashSet<InetAddress>();
        for (var name : address.bind()) {
            InetAddress host;
            try {
                host = InetAddress.getByName(name);
            } catch (UnknownHostException e) {
                throw new UnknownHostException("bind: " + name + " is no address of this machine");
            }
            if (!host.isAnyLocalAddress() || hosts.stream().noneMatch(InetAddress::isAnyLocalAddress)) {
                hosts.add(host);
            }
        }
        return hosts;
    }

    @SuppressWarnings("AddressSelection") // each configured address has its own socket
    private static ServerSocket bind(String setting, InetAddress host, int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port), BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            var failure = new BindException(setting + ": can't listen on " + shown(host) + " port " + port + ": "
                    + e.getMessage() + (port == 0 ? "" : "; another program may hold the port"));
            failure.initCause(e);
            throw failure;
        }
    }

    /** The address as people write it. */
    static String shown(InetAddress host) {
        return host.getHostAddress().replaceFirst("^0:0:0:0:0:0:0:", "::");
    }
}
