package org.merpati.core.store.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.store.Emails.Contents;
import org.merpati.lib.mime.StoredStructure;

/** Contents of emails, those asked for last within a number of octets. Safe for any number of threads. */
final class RecentContents {
    /** About what objects, references and the map take of each email beside octets and characters. */
    static final int OVERHEAD = 224;

    private final ReentrantLock lock = new ReentrantLock(); // once a page, not once an email
    private final Map<EmailId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long octets;

    private record Entry(AccountId account, Contents contents, int octets) {}

    /** Those of these that are here. */
    Map<EmailId, Contents> get(AccountId account, List<EmailId> ids) {
        Map<EmailId, Contents> found = HashMap.newHashMap(ids.size());
        lock.lock();
        try {
            for (var id : ids) {
                var entry = entries.get(id);
                if (entry != null && entry.account.equals(account)) {
                    found.put(id, entry.contents);
                }
            }
        } finally {
            lock.unlock();
        }
        return found;
    }

    /** Keeps these; what was not asked for for longest goes until no more than {@code most} octets are left. */
    void put(AccountId account, Collection<Contents> all, long most) {
        lock.lock();
        try {
            for (var contents : all) {
                if (isKnown(contents)) {
                    var entry = new Entry(account, contents, octets(contents));
                    var before = entries.put(contents.id(), entry);
                    octets += entry.octets - (before == null ? 0 : before.octets);
                }
            }
            var eldest = entries.values().iterator();
            while (octets > most && eldest.hasNext()) {
                octets -= eldest.next().octets;
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Where nothing was found the message may not have been read yet; its row learns more when the same octets come again. */
    private static boolean isKnown(Contents contents) {
        return !contents.structure().equals(StoredStructure.NONE)
                || !contents.preview().isEmpty();
    }

    private static int octets(Contents contents) {
        var preview = contents.preview();
        boolean wide = preview.chars().anyMatch(c -> c > 0xff);
        return OVERHEAD + contents.structure().octets().length + (wide ? 2 : 1) * preview.length();
    }

    /** About what all of it takes on the heap. */
    long octets() {
        lock.lock();
        try {
            return octets;
        } finally {
            lock.unlock();
        }
    }
}
