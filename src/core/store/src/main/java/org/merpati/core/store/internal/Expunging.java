package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Expunged;

/**
 * Takes messages out of mailboxes for good: EXPUNGE (RFC 9051 §6.4.3, RFC 4315 §2.1), JMAP's destroy, and what a mailbox
 * that is removed has held.
 */
@ApplicationScoped
public class Expunging {
    private static final Set<Change.Kind> KINDS = Set.of(Change.Kind.EMAIL, Change.Kind.MAILBOX, Change.Kind.THREAD);

    @Inject
    Sql sql;

    @Inject
    AccountChanges changes;

    @Inject
    Memberships memberships;

    @Inject
    EmailRows emails;

    @Inject
    IndexSteps indexes;

    Attempt<Expunged> expunge(AccountId account, MailboxId mailbox, Optional<List<Uid>> among) {
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_ACCOUNT);
        }
        var box = memberships.box(account, mailbox);
        if (box.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_MAILBOX);
        }
        var found = among.isPresent()
                ? memberships.deletedAmong(mailbox, among.get())
                : memberships.deleted(mailbox, Messages.BULK + 1);
        if (found.isEmpty()) {
            return Attempt.made(new Expunged(List.of(), box.get().modSeq(), false));
        }
        var places = found.stream()
                .limit(Messages.BULK)
                .map(message -> Place.of(mailbox, message))
                .toList();
        takeOut(account, places, modSeq.get());
        changes.record(account, modSeq.get(), KINDS);
        indexes.removed(
                mailbox,
                box.get().modSeq(),
                modSeq.get(),
                places.stream().map(Place::uid).toList());
        return Attempt.made(new Expunged(
                places.stream().map(place -> new Uid(place.uid())).toList(),
                modSeq.get(),
                found.size() > Messages.BULK));
    }

    List<EmailId> destroy(AccountId account, Collection<EmailId> ids) {
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty() || ids.isEmpty()) {
            return List.of();
        }
        var own = sql.select(
                row -> row.getLong(1),
                "select e.id from " + Sql.IDS
                        + " left join email e on e.id = n.id where e.account_id = ?"
                        + " and exists (select 1 from mailbox_email m where m.email_id = e.id and not m.deleted)"
                        + " order by e.id",
                Memberships.array(ids.stream().map(EmailId::value).toList()),
                account.value());
        if (own.isEmpty()) {
            return List.of();
        }
        takeOut(account, memberships.places(own), modSeq.get());
        changes.record(account, modSeq.get(), KINDS);
        return own.stream().map(EmailId::new).toList();
    }

    /** Takes the first messages out of a mailbox, as many as go in one call. */
    void empty(AccountId account, MailboxId mailbox, ModSeq modSeq) {
        var places = memberships.first(mailbox, Messages.BULK).stream()
                .map(message -> Place.of(mailbox, message))
                .toList();
        if (!places.isEmpty()) {
            takeOut(account, places, modSeq);
        }
    }

    /** Recording the change is the caller's. */
    void takeOut(AccountId account, List<Place> places, ModSeq modSeq) {
        var ids = places.stream().map(Place::email).distinct().toList();
        memberships.bury(places, modSeq);
        emails.destroyHomeless(account, ids, modSeq);
        emails.touch(ids, modSeq); // those that other mailboxes hold
        var counters = new Counters();
        counters.remove(places);
        counters.write(sql, modSeq);
    }
}
