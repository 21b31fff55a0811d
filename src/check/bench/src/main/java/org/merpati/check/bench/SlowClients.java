package org.merpati.check.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A hundred clients that read a 30 MB message at 1 KB/s and a hundred that send a message at an octet a second, while others
 * deliver at full speed. The server gets two database connections and 1 MB of spool heap: if a slow client held either, the
 * others would stand still.
 */
public final class SlowClients {
    private static final int EACH = 100;
    private static final int FAST = 8;
    private static final int ROUNDS = 3;

    private SlowClients() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 1) {
            System.err.println("usage: SlowClients LAUNCHER");
            System.exit(2);
        }
        var server = new ServerUnderTest(
                Path.of(arguments[0]).toAbsolutePath(),
                Files.createTempDirectory("merpati-slow"),
                List.of("database.connections=2", "spool.heap=1MB"));
        server.start();
        server.addAccounts(2);
        try (var wire = Wire.smtp(server.port("smtp"))) {
            wire.deliver(ServerUnderTest.user(1), Mail.message("large", ServerUnderTest.user(1), 30_000_000, 1));
        }
        System.err.println("warming up");
        fast(server, 2000);
        var stop = new AtomicBoolean();
        var ready = new CountDownLatch(2 * EACH);
        var alive = new AtomicInteger();
        double alone = 0;
        double beside = 0;
        for (int round = 0; round < ROUNDS; round++) {
            alone = Math.max(alone, fast(server, 3000));
        }
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < EACH; i++) {
            threads.add(Thread.ofPlatform().start(() -> read(server, ready, stop, alive)));
            threads.add(Thread.ofPlatform().start(() -> write(server, ready, stop, alive)));
        }
        boolean all = ready.await(2, TimeUnit.MINUTES);
        TimeUnit.SECONDS.sleep(10);
        for (int round = 0; round < ROUNDS; round++) {
            beside = Math.max(beside, fast(server, 3000));
        }
        int held = alive.get();
        stop.set(true);
        for (var thread : threads) {
            thread.join();
        }
        server.stop();
        System.out.printf(
                "deliveries/s alone %.0f, beside %d slow clients %.0f (%.0f %%)%n",
                alone, held, beside, 100 * beside / alone);
        boolean good = all && held == 2 * EACH && beside > alone / 2;
        System.out.println(good ? "1 passed, 0 failed" : "0 passed, 1 failed");
        System.exit(good ? 0 : 1);
    }

    private static double fast(ServerUnderTest server, int messages) throws InterruptedException {
        var next = new AtomicInteger();
        var done = new CountDownLatch(FAST);
        long start = System.nanoTime();
        for (int i = 0; i < FAST; i++) {
            Thread.ofPlatform().start(() -> {
                try (var wire = Wire.smtp(server.port("smtp"))) {
                    for (int m = next.getAndIncrement(); m < messages; m = next.getAndIncrement()) {
                        var to = ServerUnderTest.user(2);
                        wire.deliver(to, Mail.message("f" + m, to, 4096, m));
                    }
                } catch (IOException e) {
                    System.err.println("a fast client: " + e);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        return messages / ((System.nanoTime() - start) / 1e9);
    }

    private static void read(ServerUnderTest server, CountDownLatch ready, AtomicBoolean stop, AtomicInteger alive) {
        try (var imap = Wire.imap(server.port("imap"), ServerUnderTest.user(1), ServerUnderTest.PASSWORD)) {
            imap.command("EXAMINE INBOX", line -> {});
            imap.send("x FETCH 1 BODY.PEEK[]\r\n");
            imap.octets(1024);
            ready.countDown();
            alive.incrementAndGet();
            while (!stop.get()) {
                TimeUnit.SECONDS.sleep(1);
                imap.octets(1024);
            }
        } catch (IOException | InterruptedException e) {
            alive.decrementAndGet();
            System.err.println("a slow reader: " + e);
        }
    }

    private static void write(ServerUnderTest server, CountDownLatch ready, AtomicBoolean stop, AtomicInteger alive) {
        try (var smtp = Wire.smtp(server.port("smtp"))) {
            smtp.send("MAIL FROM:<slow@bench.example>\r\nRCPT TO:<" + ServerUnderTest.user(1) + ">\r\nDATA\r\n");
            smtp.reply('2');
            smtp.reply('2');
            smtp.reply('3');
            smtp.send("x".repeat(20_000)); // enough of them for the spool's heap to be used up
            ready.countDown();
            alive.incrementAndGet();
            while (!stop.get()) {
                TimeUnit.SECONDS.sleep(1);
                smtp.send("x");
            }
        } catch (IOException | InterruptedException e) {
            alive.decrementAndGet();
            System.err.println("a slow sender: " + e);
        }
    }
}
