package org.merpati.check.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Deliveries or fetches of single bodies by a number of connections, with the server's CPU time for each. */
public final class Load {
    private static final String USAGE = """
            usage: Load deliver|fetch PORT PIDS COUNT CONNECTIONS ACCOUNTS [--tls] [--new] [--visible IMAP-PORT]
              PIDS         the server's processes, with commas between; their children count as well
              --tls        deliver by STARTTLS
              --new        deliver by a connection for each message
              --visible    wait until STATUS shows all that was delivered, and give that rate as well
            """;

    private Load() {}

    /** @param imap where messages must show, or 0 */
    private record Deliveries(int port, boolean tls, boolean eachAnew, int imap) {
        Wire connect() throws IOException {
            return tls ? Wire.smtpByTls(port) : Wire.smtp(port);
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 6) {
            System.err.print(USAGE);
            System.exit(2);
        }
        boolean deliver = arguments[0].equals("deliver");
        int port = Integer.parseInt(arguments[1]);
        var cpu = new ServerCpu(
                Stream.of(arguments[2].split(",", -1)).map(Long::valueOf).toList());
        int count = Integer.parseInt(arguments[3]);
        int connections = Integer.parseInt(arguments[4]);
        int accounts = Integer.parseInt(arguments[5]);
        var options = List.of(arguments).subList(6, arguments.length);
        int visible = options.indexOf("--visible");
        var deliveries = new Deliveries(
                port,
                options.contains("--tls"),
                options.contains("--new"),
                visible < 0 ? 0 : Integer.parseInt(options.get(visible + 1)));
        var next = new AtomicInteger();
        var failed = new AtomicInteger();
        var octets = new AtomicLong();
        var done = new CountDownLatch(connections);
        long wanted = deliveries.imap() == 0 ? 0 : count + messages(deliveries.imap(), accounts);
        double before = cpu.seconds();
        long start = System.nanoTime();
        for (int c = 0; c < connections; c++) {
            int connection = c;
            Thread.ofPlatform().start(() -> {
                try {
                    if (deliver) {
                        deliver(deliveries, next, count, accounts);
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
        var shown = "";
        if (wanted > 0 && failed.get() == 0) {
            while (messages(deliveries.imap(), accounts) < wanted) {
                Thread.sleep(20);
            }
            shown = " (visible %.0f/s)".formatted(count / ((System.nanoTime() - start) / 1e9));
        }
        System.out.printf(
                "%s: %d in %.1f s, %.0f/s%s, server CPU %.3f ms each%n",
                arguments[0], count, seconds, count / seconds, shown, (cpu.seconds() - before) * 1000 / count);
        System.exit(failed.get() == 0 ? 0 : 1);
    }

    private static void deliver(Deliveries how, AtomicInteger next, int count, int accounts) throws IOException {
        var wire = how.connect();
        try {
            for (int m = next.getAndIncrement(); m < count; m = next.getAndIncrement()) {
                var to = ServerUnderTest.user(1 + m % accounts);
                wire.deliver(to, Mail.message("load" + m, to, 4096, m));
                if (how.eachAnew()) {
                    wire.close();
                    wire = how.connect();
                }
            }
        } finally {
            wire.close();
        }
    }

    /** In the INBOX of all the accounts. */
    private static long messages(int port, int accounts) throws IOException {
        var sum = new AtomicLong();
        for (int account = 1; account <= accounts; account++) {
            try (var imap = Wire.imap(port, ServerUnderTest.user(account), ServerUnderTest.PASSWORD)) {
                imap.command("STATUS INBOX (MESSAGES)", line -> {
                    if (line.startsWith("* STATUS")) {
                        sum.addAndGet(Long.parseLong(line.replaceAll(".*MESSAGES (\\d+).*", "$1")));
                    }
                });
            }
        }
        return sum.get();
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
}
