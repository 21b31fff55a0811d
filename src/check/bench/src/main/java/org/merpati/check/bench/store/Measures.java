package org.merpati.check.bench.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.KeywordPatch;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Messages;

/** What is measured on one database; every figure goes into the table at once. */
final class Measures {
    /** Not fewer than threads. */
    private static final int ACCOUNTS = 64;

    private static final int IN_EACH = 1_000;
    private static final int MOVED = 10_000;

    private final Target target;
    private final Table table;
    private final Duration time;

    Measures(Target target, Table table, Duration time) {
        this.target = target;
        this.table = table;
        this.time = time;
    }

    private void put(String what, String figure) {
        table.put(what, target.name(), figure);
    }

    /** Deliveries and flag changes by so many threads at once, each to an account that no other thread uses. */
    void rates(List<Integer> threads) throws SQLException {
        var accounts = target.accounts("rate", ACCOUNTS);
        var inboxes = new ArrayList<MailboxId>();
        for (var account : accounts) {
            var inbox = target.mailbox(account, "INBOX").id();
            inboxes.add(inbox);
            new Fill(target, account, inbox).upTo(IN_EACH);
        }
        Clocked.during(time.multipliedBy(2), 4, (thread, round) -> target.deliver(accounts.get(thread))); // warms up
        for (int count : threads) {
            put(
                    "deliveries, " + count + " at once",
                    Clocked.during(time, count, (thread, round) -> target.deliver(accounts.get(thread % ACCOUNTS)))
                            .rate());
        }
        put(
                "deliveries to one account, 8 at once",
                Clocked.during(time, 8, (thread, round) -> target.deliver(accounts.getFirst()))
                        .rate());
        var rounds = new int[ACCOUNTS]; // each touched by one thread at a time
        Clocked.Work flag = (thread, round) -> {
            int account = thread % ACCOUNTS;
            int next = rounds[account]++;
            flag(accounts.get(account), inboxes.get(account), one(next), next);
        };
        Clocked.during(time, 4, flag);
        for (int count : threads) {
            put(
                    "flag of one message, " + count + " at once",
                    Clocked.during(time, count, flag).rate());
        }
    }

    private static List<Uid> one(int round) {
        return List.of(new Uid(1 + round / 2 % IN_EACH));
    }

    /** Sets the flag in even rounds and takes it away in odd ones. */
    private void flag(AccountId account, MailboxId mailbox, List<Uid> uids, int round) {
        var flagged = Set.of(Keyword.FLAGGED);
        var change = new Messages.FlagChange(
                round % 2 == 0 ? KeywordPatch.adding(flagged) : KeywordPatch.removing(flagged), Optional.empty());
        int changed = target.unit(services ->
                        services.get(Messages.class).store(account, mailbox, uids, change, Optional.empty()))
                .orThrow()
                .messages()
                .size();
        if (changed != uids.size()) {
            throw new IllegalStateException(changed + " of " + uids.size() + " flags changed");
        }
    }

    /** The same operations on one mailbox as it grows. */
    void growth(List<Integer> sizes) throws SQLException {
        var account = target.account("growth");
        var inbox = target.mailbox(account, "INBOX").id();
        var archive = target.mailbox(account, "Archive").id();
        var fill = new Fill(target, account, inbox);
        for (int size : sizes) {
            long start = System.nanoTime();
            fill.upTo(size);
            System.err.printf(
                    Locale.ROOT,
                    "%s: filled to %,d in %.1f s%n",
                    target.name(),
                    size,
                    (System.nanoTime() - start) / 1e9);
            at(String.format(Locale.ROOT, "%,d messages: ", size), account, inbox, archive);
        }
    }

    private void at(String size, AccountId account, MailboxId inbox, MailboxId archive) {
        Clocked.times(100, round -> target.deliver(account));
        put(
                size + "delivery",
                Clocked.times(300, round -> target.deliver(account)).median());
        put(
                size + "flag of one message",
                Clocked.times(300, round -> flag(account, inbox, List.of(new Uid(1 + round / 2)), round))
                        .median());
        put(
                size + "flag of 1,000 messages",
                Clocked.times(6, round -> flag(account, inbox, first(account, inbox, Messages.BULK), round))
                        .median());
        put(
                size + "fetch of what is new",
                Clocked.times(300, round -> fetchNew(account, inbox)).median());
        long before = System.nanoTime();
        int moved = move(account, inbox, archive);
        put(
                size + String.format(Locale.ROOT, "move of %,d", moved),
                String.format(Locale.ROOT, "%.0f ms", (System.nanoTime() - before) / 1e6));
        move(account, archive, inbox);
    }

    private List<Uid> first(AccountId account, MailboxId mailbox, int count) {
        var uids = target.unit(services -> services.get(Messages.class).uids(account, mailbox, new Uid(0)));
        return uids.subList(0, Math.min(count, uids.size()));
    }

    /** As a client that knows all but the last message: by uid, and by modseq. */
    private void fetchNew(AccountId account, MailboxId mailbox) {
        target.unit(services -> {
            var now = services.get(Mailboxes.class).find(account, mailbox).orElseThrow();
            var messages = services.get(Messages.class);
            int found = messages.page(account, mailbox, new Uid(now.uidNext().value() - 2), now.uidNext())
                    .size();
            int changed = messages.changed(
                            account, mailbox, new ModSeq(now.modSeq().value() - 1))
                    .size();
            if (found != 1 || changed == 0) {
                throw new IllegalStateException("found " + found + " new and " + changed + " changed messages");
            }
            return found;
        });
    }

    /** Up to 10,000 messages; how many. */
    private int move(AccountId account, MailboxId from, MailboxId to) {
        int moved = 0;
        while (moved < MOVED) {
            var uids = first(account, from, Math.min(Messages.BULK, MOVED - moved));
            if (uids.isEmpty()) {
                break;
            }
            moved += target.unit(services -> services.get(Messages.class).move(account, from, uids, to))
                    .orThrow()
                    .to()
                    .size();
        }
        return moved;
    }
}
