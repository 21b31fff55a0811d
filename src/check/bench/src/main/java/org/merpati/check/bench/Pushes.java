package org.merpati.check.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How soon clients are told of a change that another one makes: JMAP's event source and WebSocket, IMAP's IDLE and NOTIFY, all four
 * listening to one account at once; and a push subscription, which is told once a second at most and so of fewer changes. Timed is
 * from the moment that the change's last octet was sent, its commit included, to the moment that the client has the news.
 */
public final class Pushes {
    private static final int CHANGES = 1_000;
    private static final int PUSHED = 100;
    private static final int WARM_UP = 200;
    private static final double LIMIT_MILLIS = 50;
    private static final String USER = ServerUnderTest.user(1);

    private Pushes() {}

    /** Makes one change and returns when its last octet was sent. */
    @FunctionalInterface
    private interface Change {
        long begin(int number) throws IOException;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 1) {
            System.err.println("usage: Pushes LAUNCHER [CHANGES [PUSHED]]");
            System.exit(2);
        }
        int changes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : CHANGES;
        int pushed = arguments.length > 2 ? Integer.parseInt(arguments[2]) : PUSHED;
        var folder = Files.createTempDirectory("merpati-pushes");
        boolean good = true;
        try (var device = new PushDevice(folder)) {
            var server = new ServerUnderTest(
                    Path.of(arguments[0]).toAbsolutePath(),
                    folder.resolve("data"),
                    List.of("push.allow-private=true", "push.trusted-certificate=" + device.certificate()));
            server.start();
            try {
                server.addAccounts(1);
                good &= listening(server, changes);
                good &= subscribed(server, device, pushed);
            } finally {
                server.stop();
            }
        }
        System.out.println(good ? "1 passed, 0 failed" : "0 passed, 1 failed");
        System.exit(good ? 0 : 1);
    }

    private static boolean listening(ServerUnderTest server, int changes) throws IOException, InterruptedException {
        boolean good = true;
        try (var smtp = Wire.smtp(server.port("smtp"));
                var imap = Wire.imap(server.port("imap"), USER, ServerUnderTest.PASSWORD)) {
            Change delivery = number -> deliver(smtp, number);
            delivery.begin(0);
            smtp.reply('2');
            imap.command("SELECT INBOX", line -> {});
            var clients = Listener.all(server);
            try {
                for (int i = 0; i < WARM_UP; i++) {
                    one(delivery, () -> smtp.reply('2'), i, clients, "EXISTS");
                }
                good &= measure("SMTP delivery", changes, delivery, () -> smtp.reply('2'), clients, "EXISTS");
                Change append = number -> append(imap, number);
                good &= measure("IMAP APPEND", changes, append, () -> tagged(imap), clients, "EXISTS");
                Change store = number -> store(imap, number);
                good &= measure("IMAP STORE", changes, store, () -> tagged(imap), clients, "FETCH");
            } finally {
                clients.forEach(Listener::close);
            }
        }
        return good;
    }

    private static long deliver(Wire smtp, int number) throws IOException {
        smtp.send("MAIL FROM:<sender@bench.example>\r\nRCPT TO:<" + USER + ">\r\nDATA\r\n");
        smtp.reply('2');
        smtp.reply('2');
        smtp.reply('3');
        var message = Mail.message("p" + number, USER, 4096, number) + ".\r\n";
        smtp.send(message);
        return System.nanoTime();
    }

    private static long append(Wire imap, int number) throws IOException {
        var message = Mail.message("a" + number, USER, 4096, number);
        imap.send("t APPEND INBOX {" + message.length() + "+}\r\n" + message + "\r\n");
        return System.nanoTime();
    }

    private static long store(Wire imap, int number) throws IOException {
        imap.send("t STORE 1 " + (number % 2 == 0 ? "+" : "-") + "FLAGS.SILENT ($Label1)\r\n");
        return System.nanoTime();
    }

    private static void tagged(Wire imap) throws IOException {
        for (var line = imap.line(); !line.startsWith("t OK"); line = imap.line()) {
            if (line.startsWith("t ")) {
                throw new IOException(line);
            }
        }
    }

    @FunctionalInterface
    private interface Reply {
        void read() throws IOException;
    }

    private static boolean measure(
            String name, int changes, Change change, Reply reply, List<Listener> clients, String imapLine)
            throws IOException, InterruptedException {
        clients.forEach(Listener::forget);
        var waits = new ArrayList<double[]>();
        clients.forEach(client -> waits.add(new double[changes]));
        for (int i = 0; i < changes; i++) {
            var told = one(change, reply, i, clients, imapLine);
            for (int c = 0; c < told.length; c++) {
                waits.get(c)[i] = told[c];
            }
        }
        boolean good = true;
        for (int c = 0; c < clients.size(); c++) {
            good &= report(name, clients.get(c).name(), waits.get(c));
        }
        return good;
    }

    private static double[] one(Change change, Reply reply, int number, List<Listener> clients, String imapLine)
            throws IOException, InterruptedException {
        long begun = change.begin(number);
        reply.read();
        var told = new double[clients.size()];
        for (int c = 0; c < told.length; c++) {
            told[c] = (clients.get(c).next(imapLine) - begun) / 1e6;
        }
        return told;
    }

    /** Told of a delivery by delivery, when it may be told again. */
    private static boolean subscribed(ServerUnderTest server, PushDevice device, int pushed)
            throws IOException, InterruptedException {
        device.subscribe(server);
        var waits = new double[pushed];
        try (var smtp = Wire.smtp(server.port("smtp"))) {
            for (int i = -3; i < pushed; i++) {
                TimeUnit.MILLISECONDS.sleep(1_200);
                long begun = deliver(smtp, i);
                smtp.reply('2');
                double wait = (device.next() - begun) / 1e6;
                if (i >= 0) {
                    waits[i] = wait;
                }
            }
        }
        return report("SMTP delivery", "PushSubscription", waits);
    }

    private static boolean report(String change, String client, double[] waits) {
        Arrays.sort(waits);
        double median = waits[waits.length / 2];
        System.out.printf(
                "%-14s %-17s %5d times: median %6.2f ms, 99 %% %6.2f ms, longest %7.2f ms%n",
                change, client, waits.length, median, waits[waits.length * 99 / 100], waits[waits.length - 1]);
        return median < LIMIT_MILLIS;
    }
}
