package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
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
            long blob = insertBlob(delivery);
            wanted.forEach(place -> insert(delivery, place, blob));
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

    private long insertBlob(Delivery delivery) {
        var message = delivery.message();
        var blob = message.blob();
        var entity = new BlobEntity();
        entity.sha256 = blob.sha256();
        entity.segment = blob.ref().segment();
        entity.segmentOffset = blob.ref().offset();
        entity.size = blob.ref().size();
        entity.stored = server.platform().clock().millis();
        entity.structure = message.structure().octets();
        entity.preview = message.preview();
        db.persist(entity);
        return entity.id;
    }

    private void insert(Delivery delivery, Place place, long blob) {
        db.createQuery("""
                        update Mailbox m set m.uidNext = m.uidNext + 1, m.messages = m.messages + 1,
                            m.unseen = m.unseen + 1, m.size = m.size + :size, m.modseq = :modseq where m.id = :id""")
                .setParameter("size", delivery.message().blob().ref().size())
                .setParameter("modseq", place.modSeq().value())
                .setParameter("id", place.inbox())
                .executeUpdate();
        var email = new EmailEntity();
        email.accountId = place.account().value();
        email.blobId = blob;
        email.received = delivery.received().toEpochMilli();
        email.size = delivery.message().blob().ref().size();
        email.headerSize = delivery.message().headerSize();
        email.subject = delivery.message().subject();
        email.keywords = "";
        email.delivery = delivery.id().toString();
        db.persist(email);
        email.threadId = email.id; // every email its own thread, until threads are found
        var membership = new MembershipEntity();
        membership.mailboxId = place.inbox();
        membership.uid = place.uid();
        membership.accountId = place.account().value();
        membership.emailId = email.id;
        membership.modseq = place.modSeq().value();
        db.persist(membership);
        news.tell(place.account(), place.modSeq(), EnumSet.allOf(Change.Kind.class));
    }
}
