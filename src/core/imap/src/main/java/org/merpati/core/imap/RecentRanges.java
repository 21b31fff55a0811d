package org.merpati.core.imap;

import java.util.ArrayList;
import java.util.List;
import org.merpati.core.store.Mailboxes.Recent;
import org.merpati.core.store.index.MailboxIndex;

/** Which messages are {@code \Recent} in this session: the uids it has claimed (RFC 3501 §2.3.2). */
final class RecentRanges {
    private record Range(long from, long to) {}

    private final List<Range> ranges = new ArrayList<>();

    /** They come ascending. */
    void add(Recent taken) {
        long from = taken.from().value();
        long to = taken.end().value();
        if (from >= to) {
            return;
        }
        if (!ranges.isEmpty() && ranges.getLast().to >= from) {
            var last = ranges.removeLast();
            ranges.add(new Range(Math.min(last.from, from), Math.max(last.to, to)));
        } else {
            ranges.add(new Range(from, to));
        }
    }

    boolean contains(long uid) {
        for (int i = ranges.size() - 1; i >= 0; i--) {
            if (uid >= ranges.get(i).from) {
                return uid < ranges.get(i).to;
            }
        }
        return false;
    }

    int count(MailboxIndex uids) {
        return ranges.stream()
                .mapToInt(range -> uids.ceiling(range.to) - uids.ceiling(range.from))
                .sum();
    }
}
