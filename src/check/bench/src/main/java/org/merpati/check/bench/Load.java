package org.merpati.check.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Deliveries or fetches of single bodies by a number of connections, with the server's CPU time for each. */
public final class Load {
    private Load() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 6) {
            System.err.println("usage: Load deliver|fetch PORT PID COUNT CONNECTIONS ACCOUNTS");
            System.exit(2);
        }
        boolean deliver = arguments[0].equals("deliver");
        int port = Integer.parseInt(arguments[1]);
        var stat = Path.of("/proc", arguments[2], "stat");
        int count = Integer.parseInt(arguments[3]);
        int connections = Integer.parseInt(arguments[4]);
        int accounts = Integer.parseInt(arguments[5]);
        var next = new AtomicInteger();
        var failed = new AtomicInteger();
        var octets = new AtomicLong();
        var done = new CountDownLatch(connections);
        double cpu = cpuSeconds(stat);
        long start = System.nanoTime();
        for (int c = 0; c < connections; c++) {
            int connection = c;
            Thread.ofPlatform().start(() -> {
                try {
                    if (deliver) {
                        deliver(port, next, count, accounts);
                    } else {
                        fetch(port, next, count, 1 + connection % accounts, octets);
                    }
                } catch (IOException e) {
                    failed.incrementAndGet();
                    System.err.println("connection " + connection + ": " + e);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%s: %d in %.1f s, %.0f/s, server CPU %.3f ms each%n",
                arguments[0], count, seconds, count / seconds, (cpuSeconds(stat) - cpu) * 1000 / count);
        System.exit(failed.get() == 0 ? 0 : 1);
    }

    private static void deliver(int port, AtomicInteger next, int count, int accounts) throws IOException {
        try (var wire = Wire.smtp(port)) {
            for (int m = next.getAndIncrement(); m < count; m = next.getAndIncrement()) {
                var to = ServerUnderTest.user(1 + m % accounts);
                wire.deliver(to, Mail.message("load" + m, to, 4096, m));
            }
        }
    }

    private static void fetch(int port, AtomicInteger next, int count, int account, AtomicLong octets)
            throws IOException {
        try (var imap = Wire.imap(port, ServerUnderTest.user(account), ServerUnderTest.PASSWORD)) {
            var exists = new AtomicInteger();
            imap.command("EXAMINE INBOX", line -> {
                if (line.endsWith(" EXISTS")) {
                    exists.set(Integer.parseInt(line.split(" ", -1)[1]));
                }
            });
            for (int m = next.getAndIncrement(); m < count; m = next.getAndIncrement()) {
                imap.command(
                        "FETCH " + (1 + m % exists.get()) + " BODY.PEEK[]", line -> octets.addAndGet(line.length()));
            }
        }
    }

    /** User and system time of a process (proc(5): fields 14 and 15, in ticks of 10 ms). */
    private static double cpuSeconds(Path stat) throws IOException {
        var text = Files.readString(stat);
        var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }
}
