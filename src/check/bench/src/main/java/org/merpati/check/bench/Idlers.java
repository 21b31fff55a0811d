package org.merpati.check.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * How soon those who wait hear of a new message: ten IMAP clients of one account IDLE while a thousand messages are
 * delivered to it, one after the other. Timed is from the server's 250, that is, from the commit, to each client's EXISTS;
 * an EXISTS that comes first counts as nothing.
 */
public final class Idlers {
    private static final int CLIENTS = 10;
    private static final int MESSAGES = 1_000;
    private static final double LIMIT_MILLIS = 10;

    private Idlers() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 1) {
            System.err.println("usage: Idlers LAUNCHER");
            System.exit(2);
        }
        var server = new ServerUnderTest(
                Path.of(arguments[0]).toAbsolutePath(), Files.createTempDirectory("merpati-idlers"), List.of());
        server.start();
        double median;
        try {
            server.addAccounts(1);
            measure(server, 200); // to warm up
            var waits = measure(server, MESSAGES);
            Arrays.sort(waits);
            median = waits[waits.length / 2];
            System.out.printf(
                    "%d waits of %d idle clients: median %.2f ms, 99 %% %.2f ms, longest %.2f ms%n",
                    waits.length, CLIENTS, median, waits[waits.length * 99 / 100], waits[waits.length - 1]);
        } finally {
            server.stop();
        }
        boolean good = median < LIMIT_MILLIS;
        System.out.println(good ? "1 passed, 0 failed" : "0 passed, 1 failed");
        System.exit(good ? 0 : 1);
    }

    private static double[] measure(ServerUnderTest server, int messages) throws IOException, InterruptedException {
        BlockingQueue<Long> told = new LinkedBlockingQueue<>();
        var clients = new Wire[CLIENTS];
        var user = ServerUnderTest.user(1);
        for (int i = 0; i < CLIENTS; i++) {
            var client = Wire.imap(server.port("imap"), user, ServerUnderTest.PASSWORD);
            client.command("SELECT INBOX", line -> {});
            client.send("i IDLE\r\n");
            if (!client.line().startsWith("+")) {
                throw new IOException("the server does not idle");
            }
            clients[i] = client;
            Thread.ofPlatform().daemon(true).start(() -> listen(client, told));
        }
        var waits = new double[messages * CLIENTS];
        try (var smtp = Wire.smtp(server.port("smtp"))) {
            for (int m = 0; m < messages; m++) {
                smtp.deliver(user, Mail.message("i" + m, user, 4096, m));
                long committed = System.nanoTime();
                for (int i = 0; i < CLIENTS; i++) {
                    var at = told.poll(30, TimeUnit.SECONDS);
                    if (at == null) {
                        throw new IOException("message " + m + ": an idle client heard nothing for 30 s");
                    }
                    waits[m * CLIENTS + i] = Math.max(0, at - committed) / 1e6;
                }
            }
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
        return waits;
    }

    private static void listen(Wire client, BlockingQueue<Long> told) {
        try {
            while (true) {
                if (client.line().endsWith(" EXISTS")) {
                    told.add(System.nanoTime());
                }
            }
        } catch (IOException e) {
            // closed at the end
        }
    }
}
