package org.merpati.check.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.merpati.check.bench.store.Fill;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.launch.runtime.EmbeddedRuntime;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.StoredStructure;

/**
 * A mailbox of a million messages beside one of a thousand, over IMAP: SELECT, FETCH of the newest fifty, STORE on one and
 * the notice of a new one in IDLE, each in both by turns, must take at most twice the time. The rows are put there while the
 * server is down; the newest are appended.
 */
public final class LargeMailbox {
    private static final int SMALL = 1;
    private static final int LARGE = 2;
    private static final int NEWEST = 50;
    private static final int WARM_UP = 200;
    private static final int ROUNDS = 300;
    private static final double LIMIT = 2;

    private final ServerUnderTest server;
    private int failed;
    private int passed;

    private LargeMailbox(ServerUnderTest server) {
        this.server = server;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        if (arguments.length < 1) {
            System.err.println("usage: LargeMailbox LAUNCHER [MESSAGES]");
            System.exit(2);
        }
        int messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        var data = Files.createTempDirectory("merpati-large");
        var program = new LargeMailbox(new ServerUnderTest(Path.of(arguments[0]).toAbsolutePath(), data, List.of()));
        program.run(data, messages);
        System.out.println(program.passed + " passed, " + program.failed + " failed");
        System.exit(program.failed == 0 ? 0 : 1);
    }

    private void run(Path data, int messages) throws IOException, InterruptedException, SQLException {
        server.start();
        server.addAccounts(2);
        server.stop();
        long begun = System.nanoTime();
        fill(data, SMALL, 1_000);
        fill(data, LARGE, messages);
        System.err.printf(Locale.ROOT, "filled in %.0f s%n", (System.nanoTime() - begun) / 1e9);
        server.start();
        try (var small = new Client(SMALL);
                var large = new Client(LARGE)) {
            System.out.printf(
                    Locale.ROOT,
                    "%-42s %12s %12s%n",
                    "milliseconds, median",
                    "1,000",
                    String.format(Locale.ROOT, "%,d", messages));
            System.out.printf(
                    Locale.ROOT,
                    "%-42s %12.2f %12.2f%n",
                    "first SELECT after a start, no bound",
                    small.select(),
                    large.select());
            small.append();
            large.append();
            compare("SELECT", small::select, large::select);
            compare("FETCH of the newest " + NEWEST, small::fetch, large::fetch);
            compare("FETCH of the newest " + NEWEST + " bodies", small::bodies, large::bodies);
            compare("STORE on one", small::store, large::store);
            compare("STORE on one by another, until IDLE shows it", small::flagNotice, large::flagNotice);
            compare("delivery until IDLE shows it", small::mailNotice, large::mailNotice);
        } finally {
            server.stop();
        }
    }

    private interface Timed {
        double milliseconds() throws IOException, InterruptedException;
    }

    private void compare(String what, Timed small, Timed large) throws IOException, InterruptedException {
        for (int round = 0; round < WARM_UP; round++) {
            small.milliseconds();
            large.milliseconds();
        }
        var times = new double[2][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            times[0][round] = small.milliseconds();
            times[1][round] = large.milliseconds();
        }
        double one = median(times[0]);
        double other = median(times[1]);
        boolean good = other <= LIMIT * one;
        System.out.printf(
                Locale.ROOT, "%-42s %12.2f %12.2f  %.2f%s%n", what, one, other, other / one, good ? "" : "  MISSED");
        passed += good ? 1 : 0;
        failed += good ? 0 : 1;
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    /** The rows of so many messages, in the INBOX of a server that is down. */
    private static void fill(Path data, int user, int messages) throws SQLException {
        var message = """
                From: Ann <ann@bench.test>
                To: Bob <bob@bench.test>
                Subject: Re: about this
                Content-Type: text/plain; charset=utf-8

                Hello
                """;
        var octets = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        var structure = StoredStructure.of(Message.parse(octets).root(), 64_000);
        try (var runtime = EmbeddedRuntime.builder().data(data).connections(4).start()) {
            var database = runtime.get(DataSource.class);
            long account;
            long mailbox;
            try (var connection = database.getConnection()) {
                account = number(connection, "select id from account where address = ?", ServerUnderTest.user(user));
                mailbox = number(
                        connection,
                        "select id from mailbox where name = 'INBOX' and account_id = " + account + " and name <> ?",
                        "");
            }
            new Fill(database, true, new AccountId(account), new MailboxId(mailbox), structure.octets()).upTo(messages);
        }
    }

    private static long number(Connection connection, String sql, String parameter) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("nothing: " + sql);
                }
                return rows.getLong(1);
            }
        }
    }

    /** Three connections of one user: one that works, one that idles and one that delivers. */
    private final class Client implements AutoCloseable {
        private final String user;
        private final Wire working;
        private final Wire changing;
        private final Wire idling;
        private final Wire sending;
        private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();
        private int exists;
        private int round;
        private boolean idles;

        Client(int user) throws IOException {
            this.user = ServerUnderTest.user(user);
            this.working = Wire.imap(server.port("imap"), this.user, ServerUnderTest.PASSWORD);
            this.changing = Wire.imap(server.port("imap"), this.user, ServerUnderTest.PASSWORD);
            this.idling = Wire.imap(server.port("imap"), this.user, ServerUnderTest.PASSWORD);
            this.sending = Wire.smtp(server.port("smtp"));
        }

        double select() throws IOException {
            working.command("SELECT Archive", line -> {});
            long begun = System.nanoTime();
            working.command("SELECT INBOX", line -> {
                if (line.endsWith(" EXISTS")) {
                    exists = Integer.parseInt(line.split(" ", -1)[1]);
                }
            });
            return since(begun);
        }

        void append() throws IOException {
            for (int m = 0; m < NEWEST; m++) {
                working.append(Mail.message("a" + m, user, 4096, m), false);
            }
            exists += NEWEST;
        }

        double fetch() throws IOException {
            return fetch("(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)");
        }

        double bodies() throws IOException {
            return fetch("(UID FLAGS BODY.PEEK[])");
        }

        private double fetch(String items) throws IOException {
            var got = new int[1];
            long begun = System.nanoTime();
            working.command("FETCH " + (exists - NEWEST + 1) + ":" + exists + " " + items, line -> got[0]++);
            double took = since(begun);
            if (got[0] != NEWEST) {
                throw new IOException(got[0] + " messages were fetched");
            }
            return took;
        }

        /** Another message each time. */
        double store() throws IOException {
            int number = exists - round % NEWEST;
            var sign = round / NEWEST % 2 == 0 ? "+" : "-";
            round++;
            long begun = System.nanoTime();
            working.command("STORE " + number + " " + sign + "FLAGS (\\Flagged)", line -> {});
            return since(begun);
        }

        double flagNotice() throws IOException, InterruptedException {
            idle();
            int number = exists - round % NEWEST;
            var sign = round / NEWEST % 2 == 0 ? "+" : "-";
            round++;
            long begun = System.nanoTime();
            changing.command("STORE " + number + " " + sign + "FLAGS (\\Answered)", line -> {});
            return (heard() - begun) / 1e6;
        }

        double mailNotice() throws IOException, InterruptedException {
            idle();
            var message = Mail.message("d" + round++, user, 4096, round);
            long begun = System.nanoTime();
            sending.deliver(user, message);
            return (heard() - begun) / 1e6;
        }

        private long heard() throws IOException, InterruptedException {
            var at = told.poll(30, TimeUnit.SECONDS);
            if (at == null) {
                throw new IOException("an idle client heard nothing for 30 s");
            }
            return at;
        }

        /** From now on what changes is told. */
        private void idle() throws IOException {
            if (idles) {
                return;
            }
            idles = true;
            changing.command("SELECT INBOX", line -> {});
            idling.command("SELECT INBOX", line -> {});
            idling.send("i IDLE\r\n");
            if (!idling.line().startsWith("+")) {
                throw new IOException("the server does not idle");
            }
            Thread.ofPlatform().daemon(true).start(() -> {
                try {
                    while (true) {
                        var line = idling.line();
                        if (line.endsWith(" EXISTS") || line.contains(" FETCH ")) {
                            told.add(System.nanoTime());
                        }
                    }
                } catch (IOException e) {
                    // closed at the end
                }
            });
        }

        private static double since(long begun) {
            return (System.nanoTime() - begun) / 1e6;
        }

        @Override
        public void close() {
            working.close();
            changing.close();
            idling.close();
            sending.close();
        }
    }
}
