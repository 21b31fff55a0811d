package org.merpati.check.containers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Ports that are free now, below those the system hands out by itself. */
final class Ports {
    private static final int FIRST = 10_000;
    private static final int LAST = 31_000;
    private static final Random RANDOM = new Random();
    private static final int TRIES = 200;

    private Ports() {}

    static int free() {
        return block(0);
    }

    /** A base to which each of these can be added and is free. */
    static int block(int... offsets) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int base = FIRST
                    + RANDOM.nextInt(LAST - FIRST - IntStream.of(offsets).max().orElse(0));
            if (allFree(IntStream.of(offsets).map(offset -> base + offset).toArray())) {
                return base;
            }
        }
        throw new IllegalStateException("no free ports found");
    }

    private static boolean allFree(int[] ports) {
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
