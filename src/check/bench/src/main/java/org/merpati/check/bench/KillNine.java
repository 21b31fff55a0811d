package org.merpati.check.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * kill -9 in the middle of parallel deliveries, again and again: every message that was answered 250 is there exactly once,
 * whole, and no message is there twice; and {@code merpati check} finds nothing.
 */
public final class KillNine {
    private static final int SENDERS = 8;
    private static final int ACCOUNTS = 4;
    private static final Pattern ID = Pattern.compile("(?i)message-id: <([^@]+)@");

    private final ServerUnderTest server;
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();

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
            int before = acknowledged.size();
            sendUntilKilled(round, 300 + random.nextInt(1500));
            server.start();
            var problems = verify() + check();
            System.err.println("round " + round + ": " + (acknowledged.size() - before) + " acknowledged, "
                    + acknowledged.size() + " in all" + (problems.isEmpty() ? "" : "  " + problems));
            failed += problems.isEmpty() ? 0 : 1;
        }
        server.stop();
        return failed;
    }

    private void sendUntilKilled(int round, int millis) throws InterruptedException {
        int port = server.port("smtp");
        var killed = new AtomicBoolean();
        var first = new CountDownLatch(SENDERS);
        var done = new CountDownLatch(SENDERS);
        for (int s = 0; s < SENDERS; s++) {
            int sender = s;
            Thread.ofPlatform().start(() -> {
                try (var wire = Wire.smtp(port)) {
                    for (int i = 0; ; i++) {
                        var id = "r" + round + ".s" + sender + ".m" + i;
                        var to = ServerUnderTest.user(1 + (sender + i) % ACCOUNTS);
                        var message = Mail.message(id, to, 1000 + 37 * (i % 200), id.hashCode());
                        sent.add(id);
                        wire.deliver(to, message);
                        acknowledged.put(id, (long) message.length());
                        first.countDown();
                    }
                } catch (IOException e) {
                    if (!killed.get()) {
                        System.err.println("sender " + sender + " before the kill: " + e);
                    }
                } finally {
                    done.countDown();
                }
            });
        }
        if (!first.await(30, TimeUnit.SECONDS)) {
            System.err.println("the senders are slow: killing all the same");
        }
        TimeUnit.MILLISECONDS.sleep(millis);
        killed.set(true);
        server.kill();
        done.await();
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

    /** What is wrong, empty for nothing. */
    private String verify() throws IOException {
        var found = new HashMap<String, Integer>();
        var wrong = new StringBuilder();
        for (int account = 1; account <= ACCOUNTS; account++) {
            try (var imap = Wire.imap(server.port("imap"), ServerUnderTest.user(account), ServerUnderTest.PASSWORD)) {
                imap.command("EXAMINE INBOX", line -> {});
                imap.command("FETCH 1:* (BODY.PEEK[])", line -> {
                    var id = ID.matcher(line);
                    if (line.contains(" FETCH ") && id.find()) {
                        found.merge(id.group(1), 1, Integer::sum);
                        var expected = acknowledged.get(id.group(1));
                        // what follows our own trace fields must be the message that was sent
                        if (expected != null
                                && !line.contains(Mail.message(
                                        id.group(1),
                                        recipient(line),
                                        expected.intValue(),
                                        id.group(1).hashCode()))) {
                            wrong.append(" damaged ").append(id.group(1));
                        }
                    }
                });
            }
        }
        long lost = acknowledged.keySet().stream()
                .filter(id -> !found.containsKey(id))
                .count();
        long twice = found.values().stream().filter(count -> count > 1).count();
        long strange = found.keySet().stream().filter(id -> !sent.contains(id)).count();
        if (lost + twice + strange > 0) {
            wrong.append(" lost ")
                    .append(lost)
                    .append(", twice ")
                    .append(twice)
                    .append(", never sent ")
                    .append(strange);
        }
        return wrong.toString();
    }

    private static String recipient(String message) {
        int at = message.indexOf("\r\nTo: <") + 7;
        return message.substring(at, message.indexOf('>', at));
    }
}
