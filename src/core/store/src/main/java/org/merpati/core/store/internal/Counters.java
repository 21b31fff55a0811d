package org.merpati.core.store.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.merpati.core.api.mail.ModSeq;

/** What one transaction changes in the counters of the mailboxes it touches: added up here, written in one batch. */
final class Counters {
    private static final class Delta {
        long messages;
        long unseen;
        long deleted;
        long size;
        long uids;
    }

    private final Map<Long, Delta> deltas = new TreeMap<>();

    /** The mailbox changes, whether or not its counters do. */
    void touch(long mailbox) {
        of(mailbox);
    }

    void add(Collection<Place> places) {
        places.forEach(place -> count(place, 1));
    }

    void remove(Collection<Place> places) {
        places.forEach(place -> count(place, -1));
    }

    void unseen(long mailbox, long more) {
        of(mailbox).unseen += more;
    }

    void deleted(long mailbox, long more) {
        of(mailbox).deleted += more;
    }

    /** So many uids of the mailbox are given. */
    void give(long mailbox, long uids) {
        of(mailbox).uids += uids;
    }

    void write(Sql sql, ModSeq modSeq) {
        var rows = new ArrayList<Object[]>();
        deltas.forEach((mailbox, delta) -> rows.add(new Object[] {
            delta.messages, delta.unseen, delta.deleted, delta.size, delta.uids, modSeq.value(), mailbox
        }));
        sql.batch("""
                update mailbox set messages = messages + ?, unseen = unseen + ?, deleted = deleted + ?, size = size + ?,
                    uid_next = uid_next + ?, modseq = ? where id = ?""", rows);
    }

    private void count(Place place, int sign) {
        var delta = of(place.mailbox());
        delta.messages += sign;
        delta.size += sign * place.size();
        delta.unseen += place.seen() ? 0 : sign;
        delta.deleted += place.deleted() ? sign : 0;
    }

    private Delta of(long mailbox) {
        return deltas.computeIfAbsent(mailbox, id -> new Delta());
    }
}
