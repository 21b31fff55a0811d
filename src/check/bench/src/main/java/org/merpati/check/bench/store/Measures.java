package org.merpati.check.bench.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rates on one database; every figure goes into the table at once. */
final class Measures {
    /** Not fewer than threads. */
    private static final int ACCOUNTS = 64;

    private static final int IN_EACH = 1_000;
    private static final int MOVED = 10_000;
    private static final int WARMING = 4;

    private final Target target;
    private final Table table;
    private final Duration time;

    Measures(Target target, Table table, Duration time) {
        this.target = target;
        this.table = table;
        this.time = time;
    }

    private void put(String what, Clocked took) {
        table.put(what, target.name(), took.rate());
    }

    /** Deliveries and flag changes by so many threads at once, each to an account that no other thread uses. */
    void rates(List<Integer> threads) throws SQLException {
        var accounts = new ArrayList<OneMailbox>();
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(new OneMailbox(target, "rate" + i));
            accounts.getLast().fill(IN_EACH);
        }
        Clocked.Work deliver =
                (thread, round) -> accounts.get(thread % ACCOUNTS).deliver();
        Clocked.during(time.multipliedBy(2), WARMING, deliver);
        for (int count : threads) {
            put("deliveries, " + count + " at once", Clocked.during(time, count, deliver));
        }
        put(
                "deliveries to one account, 8 at once",
                Clocked.during(time, 8, (thread, round) -> accounts.getFirst().deliver()));
        var uids = accounts.stream().map(account -> account.first(IN_EACH)).toList();
        var rounds = new int[ACCOUNTS]; // each touched by one thread at a time
        Clocked.Work flag = (thread, round) -> {
            int account = thread % ACCOUNTS;
            int next = rounds[account]++;
            accounts.get(account).flag(List.of(uids.get(account).get(next / 2 % IN_EACH)), next);
        };
        Clocked.during(time, WARMING, flag);
        for (int count : threads) {
            put("flag of one message, " + count + " at once", Clocked.during(time, count, flag));
        }
    }

    /** From a mailbox to another and back. */
    void move() throws SQLException {
        var mailbox = new OneMailbox(target, "move");
        mailbox.fill(MOVED);
        var took = Clocked.times(4, round -> {
            int moved = mailbox.move(MOVED, round % 2 != 0);
            if (moved != MOVED) {
                throw new IllegalStateException("moved " + moved);
            }
        });
        table.put(
                String.format(Locale.ROOT, "move of %,d messages", MOVED),
                target.name(),
                String.format(Locale.ROOT, "%.2f s", took.milliseconds(0.5) / 1e3));
    }
}
