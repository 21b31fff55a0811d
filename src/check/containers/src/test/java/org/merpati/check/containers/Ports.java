package org.merpati.check.containers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Ports that are free now, each handed out once, below those the system hands out by itself. */
final class Ports {
    private static final int FIRST = 10_000;
    private static final int LAST = 31_000;
    private static final Random RANDOM = new Random();
    private static final int TRIES = 200;
    private static final Set<Integer> HANDED_OUT = new HashSet<>();

    private Ports() {}

    static int free() {
        return block(0);
    }

    /** A base to which each of these can be added and is free. */
    static synchronized int block(int... offsets) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int base = FIRST
                    + RANDOM.nextInt(LAST - FIRST - IntStream.of(offsets).max().orElse(0));
            var ports =
                    IntStream.of(offsets).map(offset -> base + offset).boxed().toList();
            if (Collections.disjoint(ports, HANDED_OUT) && allFree(ports)) {
                HANDED_OUT.addAll(ports);
                return base;
            }
        }
        throw new IllegalStateException("no free ports found");
    }

    private static boolean allFree(List<Integer> ports) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int port : ports) {
                held.add(new ServerSocket(port));
            }
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            held.forEach(Ports::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether somebody answers at the port. */
    static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
