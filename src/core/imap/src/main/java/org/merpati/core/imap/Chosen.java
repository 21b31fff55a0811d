package org.merpati.core.imap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.NumberRange;

/** The messages of a set that a session's mailbox has: ranges of indexes, ascending and apart. */
record Chosen(List<Range> ranges) {
    /** Both ends belong to it; from 0. */
    record Range(int first, int last) {}

    /**
     * Finds them. A uid that is not there is passed over (RFC 3501 §6.4.8). Empty when a sequence number is greater than
     * the number of messages: that is the client's error (RFC 9051 §9, seq-number); {@code *} in an empty mailbox is none.
     */
    static Optional<Chosen> of(MessageSet set, SelectedMailbox mailbox) {
        return of(set, mailbox.view(), mailbox.saved());
    }

    /** @param saved the uids that {@code $} stands for, ascending; some may be gone */
    static Optional<Chosen> of(MessageSet set, MailboxIndex uids, long[] saved) {
        var found = new ArrayList<Range>();
        switch (set) {
            case MessageSet.UidSet(var ranges) -> ranges.forEach(range -> addUids(range, uids, found));
            case MessageSet.SequenceSet(var ranges) -> {
                for (var range : ranges) {
                    if (!addNumbers(range, uids.size(), found)) {
                        return Optional.empty();
                    }
                }
            }
            case MessageSet.Saved last ->
                Arrays.stream(saved)
                        .mapToInt(uids::find)
                        .filter(index -> index >= 0)
                        .forEach(index -> found.add(new Range(index, index)));
        }
        return Optional.of(new Chosen(merged(found)));
    }

    private static void addUids(NumberRange range, MailboxIndex uids, List<Range> found) {
        if (uids.size() == 0) {
            return;
        }
        int first = uids.ceiling(range.low(uids.last()));
        int last = uids.ceiling(range.high(uids.last()) + 1) - 1;
        if (first <= last) {
            found.add(new Range(first, last));
        }
    }

    private static boolean addNumbers(NumberRange range, int size, List<Range> found) {
        if (size == 0) {
            return range.open();
        }
        if (range.high(size) > size && !range.open()) {
            return false;
        }
        // 7:* where there are five: leniently the last one, as it is with uids
        found.add(new Range((int) Math.min(range.low(size), size) - 1, (int) Math.min(range.high(size), size) - 1));
        return true;
    }

    private static List<Range> merged(List<Range> found) {
        found.sort(Comparator.comparingInt(Range::first));
        var merged = new ArrayList<Range>(found.size());
        for (var range : found) {
            if (!merged.isEmpty() && range.first <= merged.getLast().last + 1) {
                var before = merged.removeLast();
                merged.add(new Range(before.first, Math.max(before.last, range.last)));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    /** The uids of these messages, ascending, in lists of at most so many. */
    Iterable<List<Uid>> uids(MailboxIndex all, int most) {
        return () -> new Iterator<>() {
            private int next = from(0);

            @Override
            public boolean hasNext() {
                return next >= 0;
            }

            @Override
            public List<Uid> next() {
                if (next < 0) {
                    throw new NoSuchElementException();
                }
                var part = new ArrayList<Uid>();
                while (next >= 0 && part.size() < most) {
                    part.add(new Uid(all.uid(next)));
                    next = from(next + 1);
                }
                return part;
            }
        };
    }

    /** How many there are. */
    int count() {
        return ranges.stream().mapToInt(range -> range.last - range.first + 1).sum();
    }

    /** The last ones, so many at most. */
    Chosen last(int most) {
        var kept = new ArrayList<Range>();
        int left = most;
        for (int i = ranges.size() - 1; i >= 0 && left > 0; i--) {
            var range = ranges.get(i);
            int first = Math.max(range.first, range.last - left + 1);
            kept.addFirst(new Range(first, range.last));
            left -= range.last - first + 1;
        }
        return new Chosen(kept);
    }

    /** Those from this place up. */
    Chosen since(int place) {
        return new Chosen(ranges.stream()
                .filter(range -> range.last >= place)
                .map(range -> new Range(Math.max(range.first, place), range.last))
                .toList());
    }

    /** The first chosen index from this one up, or -1. */
    int from(int index) {
        int at = position(index);
        return at == ranges.size() ? -1 : Math.max(index, ranges.get(at).first);
    }

    /** The last chosen index up to this one; there must be one. */
    int upTo(int index) {
        int at = position(index);
        if (at < ranges.size() && ranges.get(at).first <= index) {
            return index;
        }
        return ranges.get(at - 1).last;
    }

    boolean contains(int index) {
        int at = position(index);
        return at < ranges.size() && ranges.get(at).first <= index;
    }

    /** The first range that ends at this index or after it. */
    private int position(int index) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).last < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
