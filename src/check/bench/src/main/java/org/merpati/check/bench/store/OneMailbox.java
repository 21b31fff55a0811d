package org.merpati.check.bench.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Checks;
import org.merpati.core.store.Emails;
import org.merpati.core.store.KeywordPatch;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Messages;
import org.merpati.core.store.index.MailboxIndex;

/** An account whose INBOX is filled, and what is done with it; each method is one or a few calls through the door. */
final class OneMailbox {
    private static final int SHOWN = 50;

    private final Target target;
    private final AccountId account;
    private final MailboxId inbox;
    private final MailboxId archive;
    private final Fill fill;

    OneMailbox(Target target, String name) {
        this.target = target;
        this.account = target.account(name);
        this.inbox = target.mailbox(account, "INBOX").id();
        this.archive = target.mailbox(account, "Archive").id();
        this.fill = target.fill(account, inbox);
    }

    /** @param messages put there by {@link Fill}, all in all */
    void fill(int messages) throws SQLException {
        fill.upTo(messages);
    }

    void deliver() {
        target.deliver(account);
    }

    /** Those with the lowest uids. */
    List<Uid> first(int count) {
        return first(inbox, count);
    }

    private List<Uid> first(MailboxId mailbox, int count) {
        var uids = target.unit(services -> services.get(Messages.class).uids(account, mailbox, new Uid(0)));
        return uids.subList(0, Math.min(count, uids.size()));
    }

    /** Sets the flag in even rounds and takes it away in odd ones. */
    void flag(List<Uid> uids, int round) {
        var flagged = Set.of(Keyword.FLAGGED);
        var change = new Messages.FlagChange(
                round % 2 == 0 ? KeywordPatch.adding(flagged) : KeywordPatch.removing(flagged), Optional.empty());
        int changed = target.unit(
                        services -> services.get(Messages.class).store(account, inbox, uids, change, Optional.empty()))
                .orThrow()
                .messages()
                .size();
        if (changed != uids.size()) {
            throw new IllegalStateException(changed + " of " + uids.size() + " flags changed");
        }
    }

    /** What SELECT and STATUS tell of it. */
    Mailboxes.Mailbox state() {
        return target.unit(services -> services.get(Mailboxes.class).find(account, inbox))
                .orElseThrow();
    }

    /** As a client that knows all but the last message. */
    int fetchNew() {
        return target.unit(services -> {
            var now = services.get(Mailboxes.class).find(account, inbox).orElseThrow();
            var messages = services.get(Messages.class);
            int found = messages.page(account, inbox, new Uid(now.uidNext().value() - 2), now.uidNext())
                    .size();
            if (found != 1) {
                throw new IllegalStateException("found " + found + " new messages");
            }
            return found;
        });
    }

    MailboxIndex index() {
        return target.unit(services -> services.get(Messages.class).index(account, inbox))
                .orElseThrow(() -> new IllegalStateException("too large for the index"));
    }

    /** The next {@link #index} is read from the database: a mailbox that somebody has not is not kept. */
    void forgetIndex() {
        target.unit(services -> services.get(Messages.class).index(new AccountId(0), inbox));
    }

    /** The rows of the newest messages, as the index has them. */
    long newest() {
        var index = index();
        long sum = 0;
        for (int place = Math.max(0, index.size() - SHOWN); place < index.size(); place++) {
            sum += index.row(place).email();
        }
        return sum;
    }

    /** A page of Email/query, newest first. */
    List<EmailId> query() {
        var found =
                target.unit(services -> services.get(Emails.class).query(account, Optional.of(inbox), false, 0, SHOWN));
        if (found.ids().size() != SHOWN) {
            throw new IllegalStateException("found " + found.ids().size());
        }
        return found.ids();
    }

    /** The first {@code count} of INBOX to Archive, or back; how many. */
    int move(int count, boolean back) {
        var from = back ? archive : inbox;
        int moved = 0;
        while (moved < count) {
            var uids = first(from, Math.min(Messages.BULK, count - moved));
            if (uids.isEmpty()) {
                break;
            }
            moved += target.unit(
                            services -> services.get(Messages.class).move(account, from, uids, back ? inbox : archive))
                    .orThrow()
                    .to()
                    .size();
        }
        return moved;
    }

    /**
     * Holds the account's rows against the store's invariants; how many messages.
     *
     * @throws IllegalStateException when something is wrong
     */
    int check() {
        var named = target.unit(services -> services.get(Checks.class).accounts(new AccountId(account.value() - 1)))
                .getFirst();
        int messages = 0;
        var place = Optional.of(Checks.Place.START);
        while (place.isPresent()) {
            var from = place.get();
            var page = target.unit(services -> services.get(Checks.class).emails(named, from, false));
            fine(page.findings());
            messages += page.emails();
            place = page.next();
        }
        fine(target.unit(services -> services.get(Checks.class).account(named, false)));
        return messages;
    }

    private static void fine(List<Checks.Finding> findings) {
        if (!findings.isEmpty()) {
            throw new IllegalStateException(findings.toString());
        }
    }
}
