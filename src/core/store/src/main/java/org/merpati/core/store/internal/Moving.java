package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.mail.UidValidity;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.Messages.Copied;

/**
 * COPY and MOVE (RFC 9051 §6.4.7, §6.4.8) in a number of statements that does not depend on how many messages go. A mailbox
 * holds an email once: where the target has it already, the email gets a twin there, on the same octets.
 *
 * <p>A copy that makes twins asks the quota for their room; a move does not, as the user gets no more mail by it.
 */
@ApplicationScoped
public class Moving {
    @Inject
    Sql sql;

    @Inject
    AccountChanges changes;

    @Inject
    Memberships memberships;

    @Inject
    EmailRows emails;

    @Inject
    AccountCounters totals;

    Attempt<Copied> copy(AccountId account, MailboxId mailbox, List<Uid> uids, MailboxId target) {
        return bring(account, mailbox, uids, target, false);
    }

    Attempt<Copied> move(AccountId account, MailboxId mailbox, List<Uid> uids, MailboxId target) {
        return bring(account, mailbox, uids, target, true);
    }

    private Attempt<Copied> bring(
            AccountId account, MailboxId mailbox, List<Uid> uids, MailboxId target, boolean away) {
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_ACCOUNT);
        }
        var boxes = memberships.boxes(account, List.of(mailbox.value(), target.value()));
        var to = boxes.get(target.value());
        if (to == null || !boxes.containsKey(mailbox.value())) {
            return Attempt.refused(Refusal.NO_SUCH_MAILBOX);
        }
        var from = memberships.among(mailbox, uids).stream()
                .map(message -> Place.of(mailbox, message))
                .toList();
        if (from.isEmpty()) {
            return Attempt.made(new Copied(new UidValidity(to.uidValidity()), List.of(), List.of()));
        }
        if (!to.hasUids(from.size())) {
            return Attempt.refused(Refusal.NO_UIDS_LEFT);
        }
        var held = held(from, mailbox, target, away);
        var doubled =
                from.stream().filter(place -> held.contains(place.email())).toList();
        long octets = doubled.stream().mapToLong(Place::size).sum();
        if (!away && !doubled.isEmpty() && !totals.room(account, doubled.size(), octets)) {
            return Attempt.refused(Refusal.OVER_QUOTA);
        }
        return Attempt.made(write(account, from, doubled, to, modSeq.get(), away));
    }

    /** Those of these emails that the target has, and goes on to have, at another place. */
    private Set<Long> held(List<Place> places, MailboxId mailbox, MailboxId target, boolean away) {
        var ids = places.stream().map(Place::email).toList();
        if (mailbox.equals(target)) {
            return away ? Set.of() : Set.copyOf(ids);
        }
        return new HashSet<>(sql.select(
                row -> row.getLong(1),
                "select m.email_id from " + Sql.IDS
                        + " left join mailbox_email m on m.email_id = n.id and m.mailbox_id = ? where m.email_id is not null",
                Memberships.array(ids),
                target.value()));
    }

    private Copied write(
            AccountId account, List<Place> from, List<Place> doubled, Memberships.Box to, ModSeq modSeq, boolean away) {
        var counters = new Counters();
        if (away) {
            memberships.bury(from, modSeq);
            counters.remove(from);
        }
        var twins = emails.twins(account, doubled, modSeq);
        var arrived = new ArrayList<Place>();
        var sameEmails = new ArrayList<Long>();
        for (var place : from) {
            var twin = twins.get(place.email());
            var there = place.at(to.id(), to.uidNext() + arrived.size());
            arrived.add(twin == null ? there : there.of(twin));
            if (twin == null || away) { // a twin's original has changed only when it was moved
                sameEmails.add(place.email());
            }
        }
        memberships.insert(account, arrived, modSeq);
        emails.touch(sameEmails, modSeq);
        counters.add(arrived);
        counters.give(to.id(), arrived.size());
        counters.write(sql, modSeq);
        var kinds = EnumSet.of(Change.Kind.EMAIL, Change.Kind.MAILBOX);
        if (!twins.isEmpty()) {
            kinds.add(Change.Kind.THREAD);
        }
        changes.record(account, modSeq, kinds);
        return new Copied(
                new UidValidity(to.uidValidity()),
                from.stream().map(place -> new Uid(place.uid())).toList(),
                arrived.stream().map(place -> new Uid(place.uid())).toList());
    }
}
