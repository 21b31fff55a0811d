package org.merpati.core.store.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** What is different between two indexes of one mailbox. Costs as much as the chunks that they do not share. */
public final class IndexChanges {
    private final int[] gone;
    private final int[] changed;
    private final int[] added;

    private IndexChanges(int[] gone, int[] changed, int[] added) {
        this.gone = gone;
        this.changed = changed;
        this.added = added;
    }

    /** Places in the older one, ascending; not to be changed. */
    public int[] gone() {
        return gone;
    }

    /** Places in the newer one, ascending, of messages that both have and that have another modseq now. */
    public int[] changed() {
        return changed;
    }

    /** Places in the newer one, ascending. */
    public int[] added() {
        return added;
    }

    public static IndexChanges between(MailboxIndex older, MailboxIndex newer) {
        var before = new Places(older, newer);
        var after = new Places(newer, older);
        var gone = new Numbers();
        var changed = new Numbers();
        var added = new Numbers();
        while (before.more() && after.more()) {
            long uidBefore = before.uid();
            long uidAfter = after.uid();
            if (uidBefore < uidAfter) {
                gone.add(before.take());
            } else if (uidBefore > uidAfter) {
                added.add(after.take());
            } else {
                boolean same = before.modSeq() == after.modSeq();
                before.take();
                int place = after.take();
                if (!same) {
                    changed.add(place);
                }
            }
        }
        while (before.more()) {
            gone.add(before.take());
        }
        while (after.more()) {
            added.add(after.take());
        }
        return new IndexChanges(gone.all(), changed.all(), added.all());
    }

    public boolean none() {
        return gone.length == 0 && changed.length == 0 && added.length == 0;
    }

    /** The messages of one index in those chunks that the other has not. */
    private static final class Places {
        private final List<Chunk> chunks = new ArrayList<>();
        private final List<Integer> starts = new ArrayList<>();
        private int chunk;
        private int place;

        Places(MailboxIndex of, MailboxIndex other) {
            Set<Chunk> shared = Collections.newSetFromMap(new IdentityHashMap<>());
            for (int i = 0; i < other.chunks(); i++) {
                shared.add(other.chunkAt(i));
            }
            int start = 0;
            for (int i = 0; i < of.chunks(); i++) {
                var candidate = of.chunkAt(i);
                if (!shared.contains(candidate)) {
                    chunks.add(candidate);
                    starts.add(start);
                }
                start += candidate.size();
            }
            skipEmpty();
        }

        boolean more() {
            return chunk < chunks.size();
        }

        long uid() {
            return chunks.get(chunk).uid(place);
        }

        long modSeq() {
            return chunks.get(chunk).modSeq(place);
        }

        /** The place of this one in its index; the next one is looked at then. */
        int take() {
            int taken = starts.get(chunk) + place;
            place++;
            skipEmpty();
            return taken;
        }

        private void skipEmpty() {
            while (chunk < chunks.size() && place == chunks.get(chunk).size()) {
                chunk++;
                place = 0;
            }
        }
    }

    private static final class Numbers {
        private int[] numbers = new int[8];
        private int size;

        void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
            }
            numbers[size++] = number;
        }

        int[] all() {
            return Arrays.copyOf(numbers, size);
        }
    }
}
