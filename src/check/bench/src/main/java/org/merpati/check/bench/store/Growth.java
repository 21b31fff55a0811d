package org.merpati.check.bench.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Messages;

/** The same operations on one mailbox as it grows: medians. */
final class Growth {
    private static final int ROUNDS = 200;
    private static final int BULKS = 6;
    private static final int LOADS = 3;

    /** A larger mailbox is not held against the invariants: it would take as long as all the rest. */
    private static final int CHECKED = 10_000;

    private final Target target;
    private final Table table;
    private final OneMailbox mailbox;

    Growth(Target target, Table table) {
        this.target = target;
        this.table = table;
        this.mailbox = new OneMailbox(target, "growth");
    }

    void run(List<Integer> sizes) throws SQLException {
        for (int size : sizes) {
            long start = System.nanoTime();
            mailbox.fill(size);
            tell(String.format(Locale.ROOT, "filled to %,d in %.1f s", size, (System.nanoTime() - start) / 1e9));
            at(size);
            if (size <= CHECKED) {
                tell(String.format(Locale.ROOT, "%,d messages checked, nothing found", mailbox.check()));
            }
        }
    }

    private void tell(String line) {
        System.err.println(target.name() + ": " + line);
    }

    private void put(int size, String what, String figure) {
        table.put(String.format(Locale.ROOT, "%,d messages: %s", size, what), target.name(), figure);
    }

    private void at(int size) {
        Clocked.times(ROUNDS / 2, round -> mailbox.deliver());
        put(size, "delivery", Clocked.times(ROUNDS, round -> mailbox.deliver()).median());
        var uids = mailbox.first(ROUNDS);
        Clocked.times(ROUNDS / 2, round -> mailbox.flag(one(uids, round), round));
        put(
                size,
                "flag of one message",
                Clocked.times(ROUNDS, round -> mailbox.flag(one(uids, round), round))
                        .median());
        put(
                size,
                "a mailbox's state",
                Clocked.times(ROUNDS, round -> mailbox.state()).median());
        put(
                size,
                "fetch of what is new",
                Clocked.times(ROUNDS, round -> mailbox.fetchNew()).median());
        index(size);
        var bulk = mailbox.first(Messages.BULK);
        put(
                size,
                "flag of 1,000 messages",
                Clocked.times(BULKS, round -> mailbox.flag(bulk, round)).median());
        put(
                size,
                "move of 1,000 messages",
                Clocked.times(BULKS, round -> mailbox.move(Messages.BULK, round % 2 != 0))
                        .median());
    }

    private static List<Uid> one(List<Uid> uids, int round) {
        return List.of(uids.get(round / 2 % uids.size()));
    }

    private void index(int size) {
        var octets = new ArrayList<Double>();
        var loads = Clocked.times(LOADS, mailbox::forgetIndex, round -> {
            var index = mailbox.index();
            octets.add((double) index.octets() / index.size());
        });
        put(
                size,
                "the index read, messages a second; octets each",
                String.format(
                        Locale.ROOT,
                        "%,.0f; %.0f",
                        mailbox.index().size() / (loads.milliseconds(0.5) / 1e3),
                        octets.getLast()));
        put(
                size,
                "newest 50 by the index after a delivery",
                Clocked.times(ROUNDS, mailbox::deliver, round -> mailbox.newest())
                        .median());
        put(
                size,
                "Email/query, newest 50",
                Clocked.times(ROUNDS, mailbox::deliver, round -> mailbox.query())
                        .median());
    }
}
