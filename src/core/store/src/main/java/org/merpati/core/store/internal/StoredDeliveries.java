package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Deliveries;
import org.merpati.core.store.PlatformHolder;

@ApplicationScoped
@Transactional
public class StoredDeliveries implements Deliveries {
    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    AccountLock locks;

    @Inject
    AccountNews news;

    @Inject
    BlobRows blobs;

    @Inject
    ThreadKeys threads;

    @Inject
    AccountCounters counters;

    @Inject
    PlatformHolder server;

    /** What one statement tells of a recipient: its new modseq, its INBOX, and whether it has this delivery already. */
    private record Place(AccountId account, ModSeq modSeq, long inbox, long uid, boolean there) {}

    @Override
    public Delivered deliver(Delivery delivery) {
        var locked = locks.lockAll(delivery.recipients());
        var wanted = places(locked.stream().toList(), delivery.id().toString()).stream()
                .filter(place -> !place.there())
                .toList();
        if (!wanted.isEmpty()) {
            insert(delivery, wanted);
            wanted.forEach(place -> news.tell(place.account(), place.modSeq(), EnumSet.allOf(Change.Kind.class)));
        }
        return new Delivered(delivery.recipients().stream()
                .filter(account -> !locked.contains(account))
                .toList());
    }

    private List<Place> places(List<AccountId> accounts, String delivery) {
        if (accounts.isEmpty()) {
            return List.of();
        }
        return db.createQuery("""
                        select a.id, a.modseq, m.id, m.uidNext,
                            (select count(e) from Email e where e.accountId = a.id and e.delivery = :delivery)
                        from Account a, Mailbox m where m.accountId = a.id and m.name = 'INBOX' and a.id in :accounts""", Object[].class)
                .setParameter("delivery", delivery)
                .setParameter(
                        "accounts", accounts.stream().map(AccountId::value).toList())
                .getResultStream()
                .map(row -> new Place(
                        new AccountId((Long) row[0]),
                        new ModSeq((Long) row[1]),
                        (Long) row[2],
                        (Long) row[3],
                        (Long) row[4] > 0))
                .toList();
    }

    /** The same statements however many recipients there are. */
    private void insert(Delivery delivery, List<Place> places) {
        long blob = delivery.part() ? blobs.share(delivery.message()) : blobs.insert(delivery.message());
        var ties = ThreadTies.of(delivery.message());
        var newcomers = places.stream()
                .map(place -> new ThreadKeys.Newcomer(email(delivery, place, blob), ties))
                .toList();
        threads.add(newcomers);
        long now = server.platform().clock().millis();
        for (int i = 0; i < places.size(); i++) {
            db.persist(membership(places.get(i), newcomers.get(i).email(), now));
        }
        long size = delivery.message().blob().ref().size();
        count(places.stream().map(Place::inbox).toList(), size);
        counters.add(places.stream().map(Place::account).toList(), 1, size);
    }

    private void count(List<Long> inboxes, long size) {
        // not JPQL: EclipseLink 4.0.9 writes SQL that no database reads for a subquery in SET
        var update = db.createNativeQuery("update mailbox set uid_next = uid_next + 1, messages = messages + 1,"
                        + " unseen = unseen + 1, size = size + ?,"
                        + " modseq = (select a.modseq from account a where a.id = mailbox.account_id)"
                        + " where id in (" + String.join(", ", Collections.nCopies(inboxes.size(), "?")) + ")")
                .setParameter(1, size);
        for (int i = 0; i < inboxes.size(); i++) {
            update.setParameter(2 + i, inboxes.get(i));
        }
        update.executeUpdate();
    }

    private static EmailEntity email(Delivery delivery, Place place, long blob) {
        var email = new EmailEntity();
        email.accountId = place.account().value();
        email.blobId = blob;
        email.received = delivery.received().toEpochMilli();
        email.size = delivery.message().blob().ref().size();
        email.headerSize = delivery.message().headerSize();
        email.subject = delivery.message().subject();
        email.keywords = "";
        email.delivery = delivery.id().toString();
        email.modseq = place.modSeq().value();
        email.createdModseq = place.modSeq().value();
        return email;
    }

    private static MembershipEntity membership(Place place, EmailEntity email, long now) {
        var membership = new MembershipEntity();
        membership.mailboxId = place.inbox();
        membership.uid = place.uid();
        membership.accountId = place.account().value();
        membership.emailId = email.id;
        membership.modseq = place.modSeq().value();
        membership.saved = now;
        return membership;
    }
}
