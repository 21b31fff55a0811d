package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Deliveries;
import org.merpati.core.store.PlatformHolder;

@ApplicationScoped
@Transactional
public class StoredDeliveries implements Deliveries {
    @Inject
    Sql sql;

    @Inject
    AccountChanges changes;

    @Inject
    BlobRows blobs;

    @Inject
    ThreadKeys threads;

    @Inject
    PlatformHolder server;

    /** A recipient's INBOX and next uid. */
    private record Place(AccountId account, ModSeq modSeq, long inbox, long uid) {}

    @Override
    public Delivered deliver(Delivery delivery) {
        var ties = ThreadTies.of(delivery.message()); // while nobody waits for it
        var begun = changes.begin(delivery.recipients());
        var places = begun.isEmpty() ? List.<Place>of() : places(begun, delivery.id());
        if (!places.isEmpty()) {
            insert(delivery, ties, places);
        }
        return new Delivered(delivery.recipients().stream()
                .filter(account -> !begun.containsKey(account))
                .toList());
    }

    /** Of those who don't have this delivery already. */
    private List<Place> places(Map<AccountId, ModSeq> begun, UUID delivery) {
        return sql.select(
                row -> {
                    var account = new AccountId(row.getLong(1));
                    return new Place(account, begun.get(account), row.getLong(2), row.getLong(3));
                },
                "select m.account_id, m.id, m.uid_next from " + Sql.IDS
                        + " left join mailbox m on m.account_id = n.id and m.name = 'INBOX' where m.id is not null"
                        + " and not exists (select 1 from email e where e.account_id = m.account_id and e.delivery = ?)",
                begun.keySet().stream().mapToLong(AccountId::value).toArray(),
                delivery.toString());
    }

    /** The same statements however many recipients there are. */
    private void insert(Delivery delivery, ThreadTies ties, List<Place> places) {
        long blob = delivery.part() ? blobs.share(delivery.message()).getAsLong() : blobs.insert(delivery.message());
        var newcomers = places.stream()
                .map(place -> new ThreadKeys.Newcomer(email(delivery, place, blob), ties))
                .toList();
        threads.add(newcomers);
        long now = server.platform().clock().millis();
        var memberships = new ArrayList<Object[]>();
        for (int i = 0; i < places.size(); i++) {
            memberships.add(membership(places.get(i), newcomers.get(i).email(), now));
        }
        sql.batch(
                "insert into mailbox_email (mailbox_id, uid, account_id, email_id, modseq, deleted, saved)"
                        + " values (?, ?, ?, ?, ?, false, ?)",
                memberships);
        long size = delivery.message().blob().ref().size();
        count(places, size);
        changes.recordNewEmails(
                places.stream().collect(Collectors.toMap(Place::account, Place::modSeq)),
                1,
                size,
                Change.Kind.ofData());
    }

    private void count(List<Place> places, long size) {
        sql.batch(
                "update mailbox set uid_next = uid_next + 1, messages = messages + 1, unseen = unseen + 1,"
                        + " size = size + ?, modseq = ? where id = ?",
                places.stream()
                        .map(place -> new Object[] {size, place.modSeq().value(), place.inbox()})
                        .toList());
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

    private static Object[] membership(Place place, EmailEntity email, long now) {
        return new Object[] {
            place.inbox(),
            place.uid(),
            place.account().value(),
            email.id,
            place.modSeq().value(),
            now
        };
    }
}
