package org.merpati.check.bench.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Garbage;
import org.merpati.core.store.KeywordPatch;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.FlagChange;

/**
 * Some accounts whose mail comes and goes: of five operations one delivers, one marks as seen, one moves, one marks as deleted
 * and one expunges that. Messages are picked anywhere in the mailbox, so that space is freed all over the file. One thread.
 */
final class Mailers {
    /** Of operations, in turn. */
    static final int KINDS = 5;

    private static final int ACCOUNTS = 20;

    private Target target;
    private final Random random = new Random(4);
    private final List<Mailer> mailers = new ArrayList<>();
    private long round;
    private Mailer current;
    private Uid doomed = new Uid(1);
    private boolean fromArchive;

    private static final class Mailer {
        final AccountId account;
        final MailboxId inbox;
        final MailboxId archive;
        final List<Uid> received = new ArrayList<>();
        final List<Uid> kept = new ArrayList<>();
        long nextUid = 1; // nobody else delivers there

        Mailer(Target target, AccountId account) {
            this.account = account;
            this.inbox = target.mailbox(account, "INBOX").id();
            this.archive = target.mailbox(account, "Archive").id();
        }

        void received() {
            received.add(new Uid(nextUid++));
        }
    }

    Mailers(Target target, int emails) throws SQLException {
        this.target = target;
        for (var account : target.accounts("churn", ACCOUNTS)) {
            var mailer = new Mailer(target, account);
            mailers.add(mailer);
            target.fill(account, mailer.inbox).upTo(Math.max(1, emails / ACCOUNTS));
            for (int i = 0; i < Math.max(1, emails / ACCOUNTS); i++) {
                mailer.received();
            }
        }
        this.current = mailers.getFirst();
    }

    /** Goes on with the same database, opened anew. */
    Mailers on(Target opened) {
        target = opened;
        return this;
    }

    /** One transaction. */
    void operate() {
        int step = (int) (round++ % KINDS);
        if (step == 0) {
            current = mailers.get(random.nextInt(ACCOUNTS));
        }
        switch (step) {
            case 0 -> {
                target.deliver(current.account);
                current.received();
            }
            case 1 -> flag(current.inbox, any(current.received, false), FlagChange.adding(Keyword.SEEN));
            case 2 -> {
                var uid = any(current.received, true);
                current.kept.addAll(target.unit(services -> services.get(Messages.class)
                                .move(current.account, current.inbox, List.of(uid), current.archive))
                        .orThrow()
                        .to());
            }
            case 3 -> {
                fromArchive = round / KINDS % 2 == 0 && !current.kept.isEmpty();
                doomed = any(fromArchive ? current.kept : current.received, true);
                flag(doomedIn(), doomed, new FlagChange(KeywordPatch.NONE, Optional.of(true)));
            }
            default ->
                target.unit(services -> services.get(Messages.class)
                                .expunge(current.account, doomedIn(), Optional.of(List.of(doomed))))
                        .orThrow();
        }
    }

    private MailboxId doomedIn() {
        return fromArchive ? current.archive : current.inbox;
    }

    private void flag(MailboxId mailbox, Uid uid, FlagChange change) {
        target.unit(services -> services.get(Messages.class)
                        .store(current.account, mailbox, List.of(uid), change, Optional.empty()))
                .orThrow();
    }

    private Uid any(List<Uid> uids, boolean take) {
        int index = random.nextInt(uids.size());
        var uid = uids.get(index);
        if (take) {
            uids.set(index, uids.getLast());
            uids.removeLast();
        }
        return uid;
    }

    /** What housekeeping would do with the blobs of destroyed emails. */
    void sweep() {
        long after = 0;
        do {
            long from = after;
            after = target.unit(services -> services.get(Garbage.class).sweep(from, Instant.now()))
                    .next();
        } while (after != 0);
    }
}
