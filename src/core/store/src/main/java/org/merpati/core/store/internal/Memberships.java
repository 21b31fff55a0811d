package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Described;
import org.merpati.core.store.Messages.Message;
import org.merpati.core.store.PlatformHolder;

/**
 * Which mailboxes hold which emails: read and written many at a time, under the account's lock. Counters and the emails' own
 * modseqs are the caller's to keep.
 */
@ApplicationScoped
public class Memberships {
    /** A place's: that of its own last change, or of its email's keywords. */
    static final String MODSEQ = "greatest(m.modseq, e.keywords_modseq)";

    private static final String INTO =
            "insert into mailbox_email (mailbox_id, uid, account_id, email_id, modseq, deleted, saved)";

    private static final String COLUMNS = "select m.uid, m.email_id, " + MODSEQ
            + ", m.deleted, e.keywords, e.received, e.size,"
            + " e.header_size, b.segment, b.segment_offset, b.size, m.saved ";
    private static final String AMONG = "from unnest(cast(? as bigint array)) as n (uid) left join mailbox_email m"
            + " on m.mailbox_id = ? and m.uid = n.uid join email e on e.id = m.email_id join blob b on b.id = e.blob_id ";
    private static final String ALL = "from mailbox_email m join email e on e.id = m.email_id"
            + " join blob b on b.id = e.blob_id where m.mailbox_id = ? ";

    @Inject
    Sql sql;

    @Inject
    PlatformHolder server;

    /** A mailbox of the account, as far as places in it matter. */
    record Box(long id, long uidNext, long uidValidity, ModSeq modSeq) {
        private static final long LAST_UID = 4_294_967_295L;

        /** Whether that many more uids can be given; the last one is left as {@code uidNext}. */
        boolean hasUids(long number) {
            return uidNext + number <= LAST_UID;
        }
    }

    /** Those of these mailboxes that the account has. */
    Map<Long, Box> boxes(AccountId account, Collection<Long> mailboxes) {
        return sql
                .select(
                        Memberships::box,
                        "select id, uid_next, uid_validity, modseq from mailbox where account_id = ? and id = any(?)",
                        account.value(),
                        array(mailboxes))
                .stream()
                .collect(Collectors.toMap(Box::id, box -> box));
    }

    Optional<Box> box(AccountId account, String name) {
        return MailboxNames.normal(name)
                .flatMap(normal -> sql
                        .select(
                                Memberships::box,
                                "select id, uid_next, uid_validity, modseq from mailbox where account_id = ? and name = ?",
                                account.value(),
                                normal)
                        .stream()
                        .findFirst());
    }

    Optional<Box> box(AccountId account, MailboxId mailbox) {
        return Optional.ofNullable(boxes(account, List.of(mailbox.value())).get(mailbox.value()));
    }

    /**
     * What a change of flags needs to know of a message. Of its blob nothing: those rows are large, and reading them puts more
     * out of the database's cache than all else that such a change looks at.
     *
     * @param unchanged whether its modseq is not greater than was asked for
     */
    record Tested(Uid uid, long email, boolean deleted, Set<Keyword> keywords, boolean unchanged) {}

    /** Those of these messages that are there, by uid. */
    List<Tested> test(MailboxId mailbox, Collection<Uid> uids, Optional<ModSeq> unchangedSince) {
        var seen = new HashMap<String, Set<Keyword>>();
        return sql.select(
                row -> new Tested(
                        new Uid(row.getLong(1)),
                        row.getLong(2),
                        row.getBoolean(3),
                        seen.computeIfAbsent(row.getString(4), Keywords::read),
                        row.getBoolean(5)),
                "select m.uid, m.email_id, m.deleted, e.keywords, " + MODSEQ
                        + " <= ? from unnest(cast(? as bigint array)) as n (uid) left join mailbox_email m on m.mailbox_id = ? and m.uid = n.uid"
                        + " join email e on e.id = m.email_id order by m.uid",
                unchangedSince.map(ModSeq::value).orElse(Long.MAX_VALUE),
                uids(uids),
                mailbox.value());
    }

    List<Message> among(MailboxId mailbox, Collection<Uid> uids) {
        return sql.select(Memberships::message, COLUMNS + AMONG + "order by m.uid", uids(uids), mailbox.value());
    }

    List<Message> deletedAmong(MailboxId mailbox, Collection<Uid> uids) {
        return sql.select(
                Memberships::message,
                COLUMNS + AMONG + "where m.deleted = true order by m.uid",
                uids(uids),
                mailbox.value());
    }

    /** The first messages that are marked {@code \Deleted}. */
    List<Message> deleted(MailboxId mailbox, int limit) {
        return sql.select(
                Memberships::message,
                COLUMNS + ALL + "and m.deleted = true order by m.mailbox_id, m.deleted, m.uid limit ?",
                mailbox.value(),
                limit);
    }

    List<Message> first(MailboxId mailbox, int limit) {
        return sql.select(
                Memberships::message, COLUMNS + ALL + "order by m.mailbox_id, m.uid limit ?", mailbox.value(), limit);
    }

    private static final String PAGE = ALL + "and m.account_id = ? and m.uid > ? and m.uid <= ?"
            + " order by m.mailbox_id, m.uid limit " + Messages.PAGE;

    List<Message> page(AccountId account, MailboxId mailbox, Uid after, Uid last) {
        return sql.select(
                Memberships::message, COLUMNS + PAGE, mailbox.value(), account.value(), after.value(), last.value());
    }

    List<Described> described(AccountId account, MailboxId mailbox, Uid after, Uid last) {
        return sql.select(
                row -> {
                    var message = message(row);
                    return new Described(
                            message, EmailContents.of(message.email(), row.getBytes(13), row.getString(14)));
                },
                COLUMNS + ", b.structure, b.preview " + PAGE,
                mailbox.value(),
                account.value(),
                after.value(),
                last.value());
    }

    /** How many places these emails have. */
    long count(Collection<Long> emails) {
        return sql.select(
                        row -> row.getLong(1),
                        "select count(m.email_id) from " + Sql.IDS + " left join mailbox_email m on m.email_id = n.id",
                        array(emails))
                .getFirst();
    }

    /** Whether no email of the account is in two mailboxes, by the counters; asked under the account's lock. */
    boolean eachInOneMailbox(AccountId account) {
        return sql.select(
                        row -> row.getBoolean(1),
                        "select a.messages = (select sum(m.messages) from mailbox m where m.account_id = a.id)"
                                + " from account a where a.id = ?",
                        account.value())
                .contains(true);
    }

    /** All places of these emails. */
    List<Place> places(Collection<Long> emails) {
        return sql.select(
                row -> new Place(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getBoolean(4),
                        Keywords.seen(row.getString(5)),
                        row.getLong(6)),
                "select m.mailbox_id, m.uid, m.email_id, m.deleted, e.keywords, e.size from " + Sql.IDS
                        + " left join mailbox_email m on m.email_id = n.id join email e on e.id = m.email_id",
                array(emails));
    }

    /** A mailbox that holds an email. */
    record Holding(long mailbox, long email) {}

    /** Which mailboxes hold these emails. */
    List<Holding> holdings(Collection<Long> emails) {
        return sql.select(
                row -> new Holding(row.getLong(1), row.getLong(2)),
                "select m.mailbox_id, m.email_id from " + Sql.IDS
                        + " left join mailbox_email m on m.email_id = n.id where m.email_id is not null",
                array(emails));
    }

    /** They are saved in their mailboxes now. */
    void insert(AccountId account, List<Place> places, ModSeq modSeq) {
        long now = server.platform().clock().millis();
        if (places.size() == 1) { // for a row alone H2 takes half as long by its values as from arrays
            var place = places.getFirst();
            sql.update(
                    INTO + " values (?, ?, ?, ?, ?, ?, ?)",
                    place.mailbox(),
                    place.uid(),
                    account.value(),
                    place.email(),
                    modSeq.value(),
                    place.deleted(),
                    now);
            return;
        }
        var deleted = new boolean[places.size()];
        for (int i = 0; i < deleted.length; i++) {
            deleted[i] = places.get(i).deleted();
        }
        sql.update(
                INTO
                        + " select n.mailbox, n.uid, cast(? as bigint), n.email, cast(? as bigint), n.deleted, cast(? as bigint)"
                        + " from unnest(cast(? as bigint array), cast(? as bigint array), cast(? as bigint array),"
                        + " cast(? as boolean array)) as n (mailbox, uid, email, deleted)",
                account.value(),
                modSeq.value(),
                now,
                places.stream().mapToLong(Place::mailbox).toArray(),
                places.stream().mapToLong(Place::uid).toArray(),
                places.stream().mapToLong(Place::email).toArray(),
                deleted);
    }

    /** Removes the places and leaves a tombstone of each uid. */
    void bury(Collection<Place> places, ModSeq modSeq) {
        var emails = new TreeMap<Long, List<Long>>(places.stream()
                .collect(Collectors.groupingBy(Place::mailbox, Collectors.mapping(Place::email, Collectors.toList()))));
        sql.batch(
                "insert into expunged (mailbox_id, uid, account_id, modseq) select mailbox_id, uid, account_id,"
                        + " cast(? as bigint) from " + Sql.IDS
                        + " left join mailbox_email on email_id = n.id and mailbox_id = ? where email_id is not null",
                emails.entrySet().stream()
                        .map(entry -> new Object[] {modSeq.value(), array(entry.getValue()), entry.getKey()})
                        .toList());
        sql.batch(
                "merge into mailbox_email m using " + Sql.IDS
                        + " on m.email_id = n.id and m.mailbox_id = ? when matched then delete",
                emails.entrySet().stream()
                        .map(entry -> new Object[] {array(entry.getValue()), entry.getKey()})
                        .toList());
    }

    static long[] array(Collection<Long> ids) {
        return ids.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
    }

    private static long[] uids(Collection<Uid> uids) {
        return uids.stream().mapToLong(Uid::value).sorted().distinct().toArray();
    }

    private static Box box(ResultSet row) throws SQLException {
        return new Box(row.getLong(1), row.getLong(2), row.getLong(3), new ModSeq(row.getLong(4)));
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                new Uid(row.getLong(1)),
                new EmailId(row.getLong(2)),
                new ModSeq(row.getLong(3)),
                row.getBoolean(4),
                Keywords.read(row.getString(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                Sql.instant(row, 12),
                row.getLong(7),
                row.getInt(8),
                new BlobRef(row.getLong(9), row.getLong(10), row.getLong(11)));
    }
}
