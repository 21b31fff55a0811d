package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.mail.UidValidity;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.KeywordPatch;
import org.merpati.core.store.Messages.Appended;
import org.merpati.core.store.NewEmail;
import org.merpati.core.store.NewMessage;
import org.merpati.core.store.index.IndexRow;
import org.merpati.lib.mime.StoredStructure;

/** Emails that clients bring: APPEND (RFC 9051 §6.3.12, RFC 3502), Email/import and Email/copy (RFC 8621 §4.7, §4.8). */
@ApplicationScoped
public class NewEmails {
    @Inject
    Sql sql;

    @Inject
    AccountChanges changes;

    @Inject
    Memberships memberships;

    @Inject
    BlobRows blobs;

    @Inject
    ThreadKeys threads;

    @Inject
    AccountCounters totals;

    @Inject
    Expunging expunging;

    @Inject
    IndexSteps indexes;

    Attempt<Appended> append(AccountId account, MailboxId mailbox, List<NewEmail> emails) {
        return append(account, () -> boxes(account, List.of(mailbox)), emails);
    }

    Attempt<Appended> append(AccountId account, String mailbox, List<NewEmail> emails) {
        return append(account, () -> memberships.box(account, mailbox).stream().toList(), emails);
    }

    private Attempt<Appended> append(
            AccountId account, Supplier<List<Memberships.Box>> mailbox, List<NewEmail> emails) {
        return appended(alone(put(account, mailbox, emails, shared(emails), 0, 0)));
    }

    /** The rows of their octets, looked for while nobody waits. */
    private List<LongSupplier> shared(List<NewEmail> emails) {
        return emails.stream().map(email -> blobs.share(email.message())).toList();
    }

    /** Into one mailbox. */
    private static Attempt<Appended> appended(Attempt<Put> put) {
        return switch (put) {
            case Attempt.Refused<Put>(var why) -> Attempt.refused(why);
            case Attempt.Made<Put>(var made) -> {
                var box = made.boxes().getFirst();
                yield Attempt.made(new Appended(
                        new MailboxId(box.id()),
                        new UidValidity(box.uidValidity()),
                        made.places().stream()
                                .map(place -> new Uid(place.uid()))
                                .toList()));
            }
        };
    }

    /** All of these mailboxes, or none where the account lacks one. */
    private List<Memberships.Box> boxes(AccountId account, Collection<MailboxId> mailboxes) {
        var ids = new TreeSet<>(mailboxes.stream().map(MailboxId::value).toList());
        var found = memberships.boxes(account, ids).values();
        return found.size() < ids.size() ? List.of() : List.copyOf(found);
    }

    Attempt<Appended> replace(AccountId account, MailboxId mailbox, Uid replaced, MailboxId target, NewEmail email) {
        var blob = shared(List.of(email));
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_ACCOUNT);
        }
        var old = memberships.box(account, mailbox).isEmpty()
                ? List.<Place>of()
                : memberships.among(mailbox, List.of(replaced)).stream()
                        .map(message -> Place.of(mailbox, message))
                        .toList();
        if (old.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_EMAIL);
        }
        var place = old.getFirst();
        boolean freed = memberships.places(List.of(place.email())).size() == 1;
        var put = put(
                account,
                () -> boxes(account, List.of(target)),
                List.of(email),
                blob,
                freed ? 1 : 0,
                freed ? place.size() : 0);
        if (put instanceof Attempt.Made) {
            expunging.takeOut(account, old, modSeq.get());
        }
        return appended(put);
    }

    Attempt<EmailId> add(AccountId account, NewEmail email, Set<MailboxId> mailboxes) {
        return into(account, email, mailboxes, shared(List.of(email)));
    }

    private record Original(NewMessage message, Instant received, long blob) {}

    Attempt<EmailId> copy(
            AccountId from,
            EmailId email,
            AccountId to,
            Set<MailboxId> mailboxes,
            Set<Keyword> keywords,
            Optional<Instant> received) {
        var found = sql.select(
                row -> {
                    var ref = new BlobRef(row.getLong(4), row.getLong(5), row.getLong(6));
                    var octets = row.getBytes(8);
                    var preview = row.getString(9);
                    return new Original(
                            new NewMessage(
                                    new Blob(ref, row.getString(7)),
                                    row.getInt(1),
                                    row.getString(2),
                                    octets == null ? StoredStructure.NONE : StoredStructure.of(octets),
                                    preview == null ? "" : preview),
                            Instant.ofEpochMilli(row.getLong(3)),
                            row.getLong(10));
                },
                "select e.header_size, e.subject, e.received, b.segment, b.segment_offset, b.size, b.sha256, b.structure,"
                        + " b.preview, b.id from email e join blob b on b.id = e.blob_id where e.id = ? and e.account_id = ?",
                email.value(),
                from.value());
        if (found.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_EMAIL);
        }
        var original = found.getFirst();
        var copy = new NewEmail(original.message(), received.orElse(original.received()), keywords, false);
        return into(to, copy, mailboxes, List.of(original::blob));
    }

    private Attempt<EmailId> into(
            AccountId account, NewEmail email, Set<MailboxId> mailboxes, List<LongSupplier> blob) {
        if (mailboxes.isEmpty()) {
            return Attempt.refused(Refusal.NO_MAILBOX_LEFT);
        }
        return switch (alone(put(account, () -> boxes(account, mailboxes), List.of(email), blob, 0, 0))) {
            case Attempt.Refused<Put>(var why) -> Attempt.refused(why);
            case Attempt.Made<Put>(var made) ->
                Attempt.made(new EmailId(made.places().getFirst().email()));
        };
    }

    /**
     * @param boxes as they were before
     * @param rows what each mailbox has more; none where other emails have changed besides
     */
    private record Put(
            List<Place> places, List<Memberships.Box> boxes, Map<Long, List<IndexRow>> rows, ModSeq modSeq) {}

    /** The transaction does nothing else to the mailboxes. */
    private Attempt<Put> alone(Attempt<Put> put) {
        if (put instanceof Attempt.Made<Put>(var made)) {
            for (var box : made.boxes()) {
                var rows = made.rows().getOrDefault(box.id(), List.of());
                if (!rows.isEmpty()) {
                    indexes.added(new MailboxId(box.id()), box.modSeq(), made.modSeq(), rows);
                }
            }
        }
        return put;
    }

    /**
     * Puts each email into all of these mailboxes; their places.
     *
     * @param mailboxes asked for under the account's lock; none: one of those that were meant is not there
     * @param rowsOfBlobs one for each email, asked under that lock
     * @param goingEmails how many emails, and octets, the quota will be relieved of in the same transaction
     */
    private Attempt<Put> put(
            AccountId account,
            Supplier<List<Memberships.Box>> mailboxes,
            List<NewEmail> emails,
            List<LongSupplier> rowsOfBlobs,
            long goingEmails,
            long goingOctets) {
        var ties = emails.stream().map(email -> ThreadTies.of(email.message())).toList();
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_ACCOUNT);
        }
        var boxes = mailboxes.get();
        long octets = emails.stream()
                .mapToLong(email -> email.message().blob().ref().size())
                .sum();
        var refusal = refusal(boxes, emails);
        if (refusal.isPresent()) {
            return Attempt.refused(refusal.get());
        }
        long moreEmails = emails.size() - goingEmails;
        long moreOctets = octets - goingOctets;
        if ((moreEmails > 0 || moreOctets > 0) && !totals.room(account, moreEmails, moreOctets)) {
            return Attempt.refused(Refusal.OVER_QUOTA);
        }
        if (emails.isEmpty()) {
            return Attempt.made(new Put(List.of(), boxes, Map.of(), modSeq.get()));
        }
        var newcomers = new ArrayList<ThreadKeys.Newcomer>();
        for (int i = 0; i < emails.size(); i++) {
            var row = row(account, emails.get(i), rowsOfBlobs.get(i).getAsLong(), modSeq.get());
            newcomers.add(new ThreadKeys.Newcomer(row, ties.get(i)));
        }
        boolean alone = threads.add(newcomers);
        var counters = new Counters();
        var places = new ArrayList<Place>();
        var rows = new HashMap<Long, List<IndexRow>>();
        for (var box : boxes) {
            for (int i = 0; i < emails.size(); i++) {
                var email = emails.get(i);
                if (alone) {
                    rows.computeIfAbsent(box.id(), id -> new ArrayList<>())
                            .add(indexed(box.uidNext() + i, newcomers.get(i).email(), email));
                }
                places.add(new Place(
                        box.id(),
                        box.uidNext() + i,
                        newcomers.get(i).email().id,
                        email.deleted(),
                        email.keywords().contains(Keyword.SEEN),
                        email.message().blob().ref().size()));
            }
            counters.give(box.id(), emails.size());
        }
        memberships.insert(account, places, modSeq.get());
        counters.add(places);
        counters.write(sql, modSeq.get());
        changes.recordNewEmails(
                Map.of(account, modSeq.get()),
                emails.size(),
                octets,
                Set.of(Change.Kind.EMAIL, Change.Kind.MAILBOX, Change.Kind.THREAD));
        return Attempt.made(new Put(places, boxes, rows, modSeq.get()));
    }

    private static IndexRow indexed(long uid, EmailEntity row, NewEmail email) {
        return new IndexRow(
                uid, row.id, row.modseq, email.deleted(), row.threadId, row.received, row.size, email.keywords());
    }

    private static Optional<Refusal> refusal(List<Memberships.Box> boxes, List<NewEmail> emails) {
        if (boxes.isEmpty()) {
            return Optional.of(Refusal.NO_SUCH_MAILBOX);
        }
        if (emails.stream().anyMatch(email -> email.keywords().size() > KeywordPatch.MOST)) {
            return Optional.of(Refusal.TOO_MANY_KEYWORDS);
        }
        if (boxes.stream().anyMatch(box -> !box.hasUids(emails.size()))) {
            return Optional.of(Refusal.NO_UIDS_LEFT);
        }
        return Optional.empty();
    }

    private static EmailEntity row(AccountId account, NewEmail email, long blob, ModSeq modSeq) {
        var row = new EmailEntity();
        row.accountId = account.value();
        row.blobId = blob;
        row.received = email.received().toEpochMilli();
        row.size = email.message().blob().ref().size();
        row.headerSize = email.message().headerSize();
        row.subject = email.message().subject();
        row.keywords = Keywords.write(email.keywords());
        row.modseq = modSeq.value();
        row.createdModseq = modSeq.value();
        return row;
    }
}
