package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.KeywordPatch;
import org.merpati.core.store.Messages.Changed;
import org.merpati.core.store.Messages.FlagChange;
import org.merpati.core.store.Messages.Flags;
import org.merpati.core.store.internal.Memberships.Tested;

/**
 * STORE (RFC 9051 §6.4.6, RFC 7162 §3.1.3): up to a thousand messages in a number of statements that does not depend on
 * theirs. {@code \Deleted} is of one place; but as JMAP sees nothing there that is marked so (RFC 8621 §4.1.1), it is a change of
 * the email too.
 */
@ApplicationScoped
public class FlagChanges {
    @Inject
    Sql sql;

    @Inject
    AccountChanges changes;

    @Inject
    Memberships memberships;

    @Inject
    EmailRows emails;

    @Inject
    IndexCache cache;

    @Inject
    IndexSteps indexes;

    private record Step(Tested before, Flags after) {
        boolean ofKeywords() {
            return !before.keywords().equals(after.keywords());
        }

        boolean ofDeleted() {
            return before.deleted() != after.deleted();
        }
    }

    Attempt<Changed> store(
            AccountId account, MailboxId mailbox, List<Uid> uids, FlagChange change, Optional<ModSeq> unchangedSince) {
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_ACCOUNT);
        }
        var box = memberships.box(account, mailbox);
        if (box.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_MAILBOX);
        }
        var modified = new ArrayList<Uid>();
        var steps = new ArrayList<Step>();
        for (var before : tested(mailbox, box.get(), uids, unchangedSince)) {
            var step = new Step(before, after(before, change, modSeq.get()));
            if (!before.unchanged()) {
                modified.add(before.uid());
            } else if (step.ofKeywords() || step.ofDeleted()) {
                steps.add(step);
            }
        }
        if (steps.stream()
                .anyMatch(step -> step.ofKeywords() && step.after().keywords().size() > KeywordPatch.MOST)) {
            return Attempt.refused(Refusal.TOO_MANY_KEYWORDS);
        }
        var after = steps.stream().map(Step::after).toList();
        if (!steps.isEmpty()) {
            write(account, mailbox, steps, modSeq.get());
            indexes.flagged(mailbox, box.get().modSeq(), modSeq.get(), after);
        }
        return Attempt.made(new Changed(after, modified));
    }

    /** From the index, where that is of this state. */
    private List<Tested> tested(
            MailboxId mailbox, Memberships.Box box, List<Uid> uids, Optional<ModSeq> unchangedSince) {
        var here = cache.at(mailbox, box.modSeq());
        if (here.isEmpty()) {
            return memberships.test(mailbox, uids, unchangedSince);
        }
        var rows = here.get();
        long since = unchangedSince.map(ModSeq::value).orElse(Long.MAX_VALUE);
        return uids.stream()
                .sorted()
                .mapToInt(uid -> rows.find(uid.value()))
                .filter(place -> place >= 0)
                .mapToObj(place -> new Tested(
                        new Uid(rows.uid(place)),
                        rows.email(place),
                        rows.deleted(place),
                        rows.keywords(place),
                        rows.modSeq(place) <= since))
                .toList();
    }

    private static Flags after(Tested message, FlagChange change, ModSeq modSeq) {
        return new Flags(
                message.uid(),
                modSeq,
                change.deleted().orElse(message.deleted()),
                change.keywords().apply(message.keywords()));
    }

    private void write(AccountId account, MailboxId mailbox, List<Step> steps, ModSeq modSeq) {
        var counters = new Counters();
        counters.touch(mailbox.value());
        var ofKeywords = steps.stream().filter(Step::ofKeywords).toList();
        emails.write(
                account,
                ofKeywords.stream()
                        .map(step -> new EmailRows.KeywordChange(
                                step.before().email(),
                                step.before().keywords(),
                                step.after().keywords()))
                        .toList(),
                modSeq,
                counters,
                Optional.of(mailbox));
        var ofDeleted = steps.stream().filter(Step::ofDeleted).toList();
        if (!ofDeleted.isEmpty()) {
            boolean deleted = ofDeleted.getFirst().after().deleted();
            var ids = ofDeleted.stream().map(step -> step.before().email()).toList();
            if (!deleted) {
                emails.unhide(ids, modSeq);
            }
            emails.touch(ids, modSeq);
            sql.update(
                    "merge into mailbox_email m using " + Sql.IDS + " on m.email_id = n.id and m.mailbox_id = ?"
                            + " when matched then update set deleted = ?, modseq = ?",
                    Memberships.array(ids),
                    mailbox.value(),
                    deleted,
                    modSeq.value());
            counters.deleted(mailbox.value(), deleted ? ofDeleted.size() : -ofDeleted.size());
        }
        counters.write(sql, modSeq);
        changes.record(account, modSeq, kinds(steps));
    }

    private static Set<Change.Kind> kinds(List<Step> steps) {
        var kinds = EnumSet.of(Change.Kind.EMAIL);
        if (steps.stream().anyMatch(Step::ofDeleted)) {
            kinds.add(Change.Kind.THREAD);
            kinds.add(Change.Kind.MAILBOX);
        } else if (steps.stream()
                .anyMatch(step -> Keywords.unread(step.before().keywords())
                        != Keywords.unread(step.after().keywords()))) {
            kinds.add(Change.Kind.MAILBOX);
        }
        return kinds;
    }
}
