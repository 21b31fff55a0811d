package org.merpati.core.store.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.ModSeq;

/**
 * All messages of a mailbox as they were at one modseq, by place: 0 is the one with the lowest uid, so that a place is an
 * IMAP sequence number less one. Immutable. Numbers come bare, as millions of them are looked at.
 */
public final class MailboxIndex {
    private final ModSeq modSeq;
    private final KeywordSets keywords;
    private final Chunk[] chunks;
    private final int[] starts; // the place of each chunk's first message, and the size
    private final long[] lasts; // each chunk's greatest uid

    private MailboxIndex(ModSeq modSeq, KeywordSets keywords, List<Chunk> chunks) {
        this.modSeq = modSeq;
        this.keywords = keywords;
        this.chunks = chunks.toArray(Chunk[]::new);
        this.starts = new int[this.chunks.length + 1];
        this.lasts = new long[this.chunks.length];
        for (int i = 0; i < this.chunks.length; i++) {
            starts[i + 1] = starts[i] + this.chunks[i].size();
            lasts[i] = this.chunks[i].last();
        }
    }

    /** Of a mailbox that nothing is known of yet. */
    public static MailboxIndex empty() {
        return new MailboxIndex(new ModSeq(0), new KeywordSets(), List.of());
    }

    /** The mailbox's modseq that this is the state of, or a later one of some messages. */
    public ModSeq modSeq() {
        return modSeq;
    }

    public int size() {
        return starts[chunks.length];
    }

    public long uid(int place) {
        int chunk = chunk(place);
        return chunks[chunk].uid(place - starts[chunk]);
    }

    public long email(int place) {
        int chunk = chunk(place);
        return chunks[chunk].email(place - starts[chunk]);
    }

    public long thread(int place) {
        int chunk = chunk(place);
        return chunks[chunk].thread(place - starts[chunk]);
    }

    public long modSeq(int place) {
        int chunk = chunk(place);
        return chunks[chunk].modSeq(place - starts[chunk]);
    }

    /** Milliseconds since 1970. */
    public long received(int place) {
        int chunk = chunk(place);
        return chunks[chunk].received(place - starts[chunk]);
    }

    /** In octets, at most 2,147,483,647. */
    public long size(int place) {
        int chunk = chunk(place);
        return chunks[chunk].size(place - starts[chunk]);
    }

    public boolean deleted(int place) {
        int chunk = chunk(place);
        return chunks[chunk].deleted(place - starts[chunk]);
    }

    /** The same object for equal sets. */
    public Set<Keyword> keywords(int place) {
        int chunk = chunk(place);
        return keywords.set(chunks[chunk].keywords(place - starts[chunk]));
    }

    public IndexRow row(int place) {
        int chunk = chunk(place);
        return chunks[chunk].row(place - starts[chunk], keywords);
    }

    /** The place of the message with that uid; less than 0: the complement of the place it would have. */
    public int find(long uid) {
        int chunk = chunkOf(uid);
        if (chunk == chunks.length) {
            return ~size();
        }
        int place = chunks[chunk].find(uid);
        return place < 0 ? ~(starts[chunk] + ~place) : starts[chunk] + place;
    }

    /** The place of the first message with that uid or a greater one; {@link #size()} when there is none. */
    public int ceiling(long uid) {
        int place = find(uid);
        return place < 0 ? ~place : place;
    }

    /** The greatest uid; 0 when there is no message. */
    public long last() {
        return chunks.length == 0 ? 0 : lasts[chunks.length - 1];
    }

    /** The places of the messages with a greater modseq, ascending. */
    public int[] changedSince(long since) {
        var places = IntStream.builder();
        for (int i = 0; i < chunks.length; i++) {
            for (int place = 0; place < chunks[i].size(); place++) {
                if (chunks[i].modSeq(place) > since) {
                    places.add(starts[i] + place);
                }
            }
        }
        return places.build().toArray();
    }

    /** Every keyword that its messages have, and such as they had a while ago. */
    public Set<Keyword> keywords() {
        return keywords.all();
    }

    /** The place of the first message without {@code $seen}; -1 when there is none. Looks at a number for each chunk. */
    public int firstUnseen() {
        for (int i = 0; i < chunks.length; i++) {
            if (chunks[i].firstUnseen() >= 0) {
                return starts[i] + chunks[i].firstUnseen();
            }
        }
        return -1;
    }

    /** About what it takes on the heap, shared parts and all. */
    public long octets() {
        return 64
                + chunks.length * (long) (Chunk.OVERHEAD + 3 * Long.BYTES)
                + (long) size() * Chunk.ROW
                + keywords.octets();
    }

    /**
     * The index of the next state: {@code gone} removed, {@code rows} added or put in the place of those with their uids.
     * What has not changed is shared with this one; the cost is that of the changed chunks.
     */
    public MailboxIndex with(ModSeq next, Collection<IndexRow> rows, Collection<Long> gone) {
        var changes = new TreeMap<Long, Change>();
        gone.forEach(uid -> changes.put(uid, new Change.Gone()));
        rows.forEach(row -> changes.put(row.uid(), new Change.Put(row)));
        var result = new ArrayList<Chunk>(chunks.length + 1);
        for (int i = 0; i < chunks.length; i++) {
            // what comes after the last chunk fills that one up
            var here = i == chunks.length - 1 ? changes : changes.headMap(lasts[i], true);
            if (here.isEmpty()) {
                result.add(chunks[i]);
            } else {
                add(result, chunks[i], here);
                here.clear();
            }
        }
        add(result, null, changes);
        return new MailboxIndex(next, keywords, result);
    }

    private sealed interface Change {
        record Put(IndexRow row) implements Change {}

        record Gone() implements Change {}
    }

    /** A chunk's messages with these changes, behind those of {@code before}. */
    private Columns merged(@Nullable Chunk before, @Nullable Chunk chunk, Map<Long, Change> changes) {
        int known = (before == null ? 0 : before.size()) + (chunk == null ? 0 : chunk.size());
        var columns = new Columns(known + changes.size(), keywords);
        if (before != null) {
            columns.add(before, 0, before.size());
        }
        int next = 0; // of the chunk's
        for (var change : changes.entrySet()) {
            if (chunk != null) {
                int place = chunk.find(change.getKey());
                int at = place < 0 ? ~place : place;
                columns.add(chunk, next, at);
                next = place < 0 ? at : at + 1;
            }
            if (change.getValue() instanceof Change.Put(var row)) {
                columns.add(row);
            }
        }
        if (chunk != null) {
            columns.add(chunk, next, chunk.size());
        }
        return columns;
    }

    /** In chunks of at most {@link Chunk#MOST}; a small one is joined to the one before it. */
    private void add(List<Chunk> result, @Nullable Chunk chunk, Map<Long, Change> changes) {
        var columns = merged(null, chunk, changes);
        if (!result.isEmpty() && columns.size() > 0 && result.getLast().size() + columns.size() <= Chunk.MOST / 2) {
            columns = merged(result.removeLast(), chunk, changes);
        }
        for (int from = 0; from < columns.size(); from += Chunk.MOST) {
            result.add(columns.chunk(from, Math.min(columns.size(), from + Chunk.MOST)));
        }
    }

    int chunks() {
        return chunks.length;
    }

    Chunk chunkAt(int number) {
        return chunks[number];
    }

    private int chunk(int place) {
        int found = Arrays.binarySearch(starts, 0, chunks.length, place);
        int chunk = found >= 0 ? found : -found - 2;
        if (place < 0 || place >= size()) {
            throw new IndexOutOfBoundsException("place " + place + " of " + size());
        }
        return chunk;
    }

    /** The first chunk that may hold the uid. */
    private int chunkOf(long uid) {
        int found = Arrays.binarySearch(lasts, uid);
        return found >= 0 ? found : -found - 1;
    }
}
