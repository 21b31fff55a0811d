package org.merpati.check.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a connection in IDLE costs the server: resident memory and heap after a collection, with none and with ten thousand,
 * in clear and over TLS; and how long one delivery takes to reach all that idle on its mailbox. The process and this one
 * need a descriptor for each connection ({@code ulimit -n}).
 */
public final class Idle {
    private static final int ACCOUNTS = 10;
    private static final int WARM_UP = 300;
    private static final Pattern USED = Pattern.compile("(?:total \\d+K, used|heap used) (\\d+)K");

    private final ServerUnderTest server;

    private Idle(ServerUnderTest server) {
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 1) {
            System.err.println("usage: Idle LAUNCHER [COUNT]");
            System.exit(2);
        }
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        var server = new ServerUnderTest(
                Path.of(arguments[0]).toAbsolutePath(), Files.createTempDirectory("merpati-idle"), List.of());
        server.start();
        try {
            server.addAccounts(ACCOUNTS);
            var program = new Idle(server);
            program.measure("in clear", count, false);
            program.measure("over TLS", count, true);
        } finally {
            server.stop();
        }
    }

    private record Memory(long resident, long heap) {}

    private void measure(String how, int count, boolean tls) throws Exception {
        try (var warm = new Crowd(WARM_UP, tls)) {
            warm.hear();
        }
        var before = memory();
        long begun = System.nanoTime();
        try (var crowd = new Crowd(count, tls)) {
            double took = (System.nanoTime() - begun) / 1e9;
            var with = memory();
            System.out.printf(
                    Locale.ROOT,
                    "%,d connections in IDLE %s after %.1f s: %.1f KB resident each (%,d to %,d MB), %.1f KB of heap each"
                            + " (%,d to %,d MB)%n",
                    count,
                    how,
                    took,
                    (with.resident - before.resident) / 1024.0 / count,
                    before.resident >> 20,
                    with.resident >> 20,
                    (with.heap - before.heap) / 1024.0 / count,
                    before.heap >> 20,
                    with.heap >> 20);
            begun = System.nanoTime();
            int heard = crowd.hear();
            System.out.printf(
                    Locale.ROOT,
                    "one delivery reached all %,d of its account in %.2f s%n",
                    heard,
                    (System.nanoTime() - begun) / 1e9);
        }
    }

    private Memory memory() throws IOException, InterruptedException {
        var pid = Long.toString(server.pid());
        run("GC.run", pid);
        Thread.sleep(2_000); // what the collector has given back is given back by then
        run("GC.run", pid);
        var used = USED.matcher(run("GC.heap_info", pid));
        long heap = 0;
        while (used.find()) {
            heap += Long.parseLong(used.group(1)) << 10;
        }
        for (var line : Files.readAllLines(Path.of("/proc", pid, "status"))) {
            if (line.startsWith("VmRSS:")) {
                return new Memory(Long.parseLong(line.replaceAll("\\D", "")) << 10, heap);
            }
        }
        throw new IOException("no VmRSS of " + pid);
    }

    private static String run(String command, String pid) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process =
                new ProcessBuilder(jcmd, pid, command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
        return said;
    }

    /** Clients that idle, spread over the accounts. */
    private final class Crowd implements AutoCloseable {
        private final Deque<Wire> clients = new ArrayDeque<>();
        private final int ofFirst;

        Crowd(int count, boolean tls) throws Exception {
            int port = server.port(tls ? "imaps" : "imap");
            for (int i = 0; i < count; i++) {
                var socket = Wire.connected(port);
                var client = new Wire(tls ? TlsOfAnybody.over(socket, port) : socket, 512);
                client.line();
                var user = ServerUnderTest.user(1 + i % ACCOUNTS);
                client.command("LOGIN " + user + " " + ServerUnderTest.PASSWORD, line -> {});
                client.command("SELECT INBOX", line -> {});
                client.send("i IDLE\r\n");
                if (!client.line().startsWith("+")) {
                    throw new IOException("the server does not idle");
                }
                clients.add(client);
            }
            ofFirst = (count + ACCOUNTS - 1) / ACCOUNTS;
        }

        /** Delivers one message to the first account; how many were told. */
        int hear() throws IOException {
            var user = ServerUnderTest.user(1);
            try (var smtp = Wire.smtp(server.port("smtp"))) {
                smtp.deliver(user, Mail.message("idle", user, 4096, 1));
            }
            int number = 0;
            for (var client : clients) {
                if (number++ % ACCOUNTS == 0) {
                    while (!client.line().endsWith(" EXISTS")) {
                        // what is recent, and the like
                    }
                }
            }
            return ofFirst;
        }

        @Override
        public void close() {
            clients.forEach(Wire::close);
        }
    }
}
