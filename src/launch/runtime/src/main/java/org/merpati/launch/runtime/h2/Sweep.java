package org.merpati.launch.runtime.h2;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.Chunk;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * Empties some sparse chunks of what tables and indexes have in them: writes it anew table by table, in the order of the keys.
 * So pages that lie under one inner page are written together, and that page once, and what is superseded later lies
 * together too. Chunk by chunk, as H2 does it by itself, each slice writes nearly all inner pages, which the next slice
 * supersedes (docs/adr/0015). What H2 has in them for itself is left: few pages.
 */
final class Sweep {
    private static final String CHUNK = "chunk.";
    private static final String NAME = "name.";
    /** Percent alive that is aimed at: the sparsest chunks, as many as that takes, are emptied. */
    private static final int DENSE = 85;
    /** Of what is alive, one sweep writes no more than that part: nothing of it gives space free before much of it is done. */
    private static final int PART = 4;

    private static final long LEAST = 4 << 20;
    /** So many inner pages one slice reads at most. */
    private static final int PAGES = 2_000;

    private final MVStore store;
    private final Set<Integer> chunks;
    private final List<Integer> maps;
    private int map;
    private @Nullable Object from;
    private boolean written;

    private Sweep(MVStore store, Set<Integer> chunks, List<Integer> maps) {
        this.store = store;
        this.chunks = chunks;
        this.maps = maps;
    }

    /** The sparsest chunks beyond the retention time; empty when there are none. */
    static Optional<Sweep> of(MVStore store, FileStore<?> file, InstantSource clock) {
        long old = clock.millis() - file.getCreationTime() - file.getRetentionTime(); // as H2 reckons
        var sparse = new ArrayList<Chunk<?>>();
        long alive = 0;
        long all = 0;
        for (var entry : file.getLayoutMap().entrySet()) {
            if (entry.getKey().startsWith(CHUNK)) {
                Chunk<?> chunk = file.createChunk(entry.getValue());
                if (chunk.time <= old && chunk.maxLenLive > 0) {
                    alive += chunk.maxLenLive;
                    all += chunk.maxLen;
                    sparse.add(chunk);
                }
            }
        }
        sparse.sort(Comparator.comparingDouble(chunk -> (double) chunk.maxLenLive / chunk.maxLen));
        var chosen = new HashSet<Integer>();
        long left = Math.max(LEAST, alive / PART);
        for (var chunk : sparse) {
            left -= chunk.maxLenLive;
            if (left < 0 || alive * 100 >= all * DENSE) {
                break;
            }
            all -= chunk.maxLen - chunk.maxLenLive;
            chosen.add(chunk.id);
        }
        return chosen.isEmpty() ? Optional.empty() : Optional.of(new Sweep(store, chosen, maps(store)));
    }

    /** Those that are emptied. */
    Set<Integer> chunks() {
        return Set.copyOf(chunks);
    }

    boolean hasWritten() {
        return written;
    }

    private static List<Integer> maps(MVStore store) {
        var maps = new ArrayList<Integer>();
        for (var entry : store.getMetaMap().entrySet()) {
            if (entry.getKey().startsWith(NAME + "table.") || entry.getKey().startsWith(NAME + "index.")) {
                maps.add(Integer.parseInt(entry.getValue(), 16));
            }
        }
        return maps;
    }

    /** Has pages of so many octets written with the next commit; false when that was all. The caller has the turn. */
    boolean slice(long octets) {
        long left = octets;
        int pages = PAGES;
        while (map < maps.size()) {
            MVMap<Object, Object> tree = store.getMap(maps.get(map));
            if (tree == null || tree.isClosed()) {
                map++;
                from = null;
                continue;
            }
            var leaves = Leaves.of(tree, from, chunks, left, pages);
            written |= leaves.writeAnew() > 0;
            left = leaves.octets();
            pages = leaves.pages();
            from = leaves.next();
            if (from == null) {
                map++;
            }
            if (left <= 0 || pages <= 0) {
                return true;
            }
        }
        return false;
    }
}
