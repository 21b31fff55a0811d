package org.merpati.check.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * kill -9 in the middle of parallel deliveries and APPENDs, again and again: every message that was answered 250 or OK is
 * there exactly once, octet for octet, what was not is there whole or not at all, and no message is there twice; and {@code
 * merpati check} finds nothing.
 */
public final class KillNine {
    private static final int SENDERS = 8;
    /** Half of them ask before each message, half send it along. */
    private static final int APPENDERS = 4;

    private static final int ACCOUNTS = 4;
    /** More than the spool keeps on the heap. */
    private static final int LARGE = 200_000;

    private final ServerUnderTest server;
    private final Answered mail = new Answered();

    private KillNine(ServerUnderTest server) {
        this.server = server;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 1) {
            System.err.println("usage: KillNine LAUNCHER [ROUNDS]");
            System.exit(2);
        }
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        var data = Files.createTempDirectory("merpati-kill9");
        var test = new KillNine(new ServerUnderTest(Path.of(arguments[0]).toAbsolutePath(), data, List.of()));
        int failed = test.run(rounds);
        System.out.println((rounds - failed) + " passed, " + failed + " failed");
        System.exit(failed == 0 ? 0 : 1);
    }

    private int run(int rounds) throws IOException, InterruptedException {
        int failed = 0;
        server.start();
        server.addAccounts(ACCOUNTS);
        var random = new SplittableRandom(9);
        for (int round = 1; round <= rounds; round++) {
            sendUntilKilled(round, 300 + random.nextInt(1500));
            server.start();
            var problems = mail.problems(server.port("imap"), ACCOUNTS) + check();
            System.err.println("round " + round + ": acknowledged up to now " + mail.taken(Answered.Way.DELIVERED)
                    + " by SMTP and " + mail.taken(Answered.Way.APPENDED) + " by APPEND"
                    + (problems.isEmpty() ? "" : "  " + problems));
            failed += problems.isEmpty() ? 0 : 1;
        }
        server.stop();
        return failed;
    }

    /** Sends one message; returns when the server has answered that it has it. */
    private interface Sending {
        void send(String to, String message) throws IOException;
    }

    private interface Client {
        /** Works until an exception ends it. */
        void run(CountDownLatch first) throws IOException;
    }

    private void sendUntilKilled(int round, int millis) throws InterruptedException {
        int smtp = server.port("smtp");
        int imap = server.port("imap");
        var clients = new ArrayList<Client>();
        for (int s = 0; s < SENDERS; s++) {
            int sender = s;
            clients.add(first -> {
                try (var wire = Wire.smtp(smtp)) {
                    send("r" + round + ".s" + sender, sender, Answered.Way.DELIVERED, wire::deliver, first);
                }
            });
        }
        for (int a = 0; a < APPENDERS; a++) {
            int appender = a;
            clients.add(first -> {
                var user = ServerUnderTest.user(1 + appender % ACCOUNTS);
                try (var wire = Wire.imap(imap, user, ServerUnderTest.PASSWORD)) {
                    boolean asking = appender % 2 == 0;
                    Sending sending = (to, message) -> wire.append(message, asking);
                    send("r" + round + ".a" + appender, appender, Answered.Way.APPENDED, sending, first);
                }
            });
        }
        var killed = new AtomicBoolean();
        var first = new CountDownLatch(clients.size());
        var done = new CountDownLatch(clients.size());
        for (var client : clients) {
            Thread.ofPlatform().start(() -> {
                try {
                    client.run(first);
                } catch (IOException e) {
                    if (!killed.get()) {
                        System.err.println("a client before the kill: " + e);
                    }
                } finally {
                    done.countDown();
                }
            });
        }
        if (!first.await(30, TimeUnit.SECONDS)) {
            System.err.println("the clients are slow: killing all the same");
        }
        TimeUnit.MILLISECONDS.sleep(millis);
        killed.set(true);
        server.kill();
        done.await();
    }

    private void send(String name, int number, Answered.Way way, Sending sending, CountDownLatch first)
            throws IOException {
        for (int i = 0; ; i++) {
            var id = name + ".m" + i;
            // who appends has one account, who delivers goes round
            int account = way == Answered.Way.APPENDED ? number : number + i;
            var to = ServerUnderTest.user(1 + account % ACCOUNTS);
            int size = i % 20 == 19 ? LARGE : 1000 + 37 * (i % 200);
            sending.send(to, mail.message(id, to, size, way));
            mail.taken(id);
            first.countDown();
        }
    }

    /** What `merpati check` says when it finds something, empty for nothing. */
    private String check() {
        try {
            server.run(List.of("check", "--deep"));
            return "";
        } catch (IOException e) {
            return " " + e.getMessage();
        }
    }
}
