package org.merpati.launch.runtime.h2;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.Page;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a tree of H2's in the order of its keys, which finds the leaves, and the pages above leaves, that lie in
 * certain chunks. It reads inner pages only, and of the leaves those that it finds. Nobody may change the tree meanwhile.
 */
final class Leaves<K, V> {
    private final MVMap<K, V> map;
    private final Set<Integer> chunks;
    private final List<K> found = new ArrayList<>();
    private long octets;
    private int pages;
    private @Nullable K next;

    private Leaves(MVMap<K, V> map, Set<Integer> chunks, long octets, int pages) {
        this.map = map;
        this.chunks = chunks;
        this.octets = octets;
        this.pages = pages;
    }

    /**
     * Walks until it has found leaves of so many octets, or has read so many inner pages.
     *
     * @param from where an earlier walk has ended; null: at the first key
     */
    static <K, V> Leaves<K, V> of(MVMap<K, V> map, @Nullable K from, Set<Integer> chunks, long octets, int pages) {
        var leaves = new Leaves<>(map, chunks, octets, pages);
        var root = map.flushAndGetRoot().root;
        if (!root.isLeaf()) {
            leaves.below(root, from);
        }
        if (leaves.found.isEmpty() && leaves.isIn(root.getPos())) {
            leaves.add(root);
        }
        return leaves;
    }

    /** Where to go on; null when that was the end of the tree. */
    @Nullable
    K next() {
        return next;
    }

    /** What is left of the octets. */
    long octets() {
        return octets;
    }

    /** What is left of the inner pages. */
    int pages() {
        return pages;
    }

    /** Has each of the pages that were found written with the next commit, and all above it. Values stay what they are. */
    int writeAnew() {
        found.forEach(key -> map.operate(key, null, new AsItIs<>()));
        return found.size();
    }

    private void below(Page<K, V> page, @Nullable K from) {
        pages--;
        int first = from == null ? 0 : childWith(page, from);
        for (int i = first; i <= page.getKeyCount(); i++) {
            if (i > first && (octets <= 0 || pages <= 0)) {
                next = page.getKey(i - 1);
                return;
            }
            long at = page.getChildPagePos(i);
            if (DataUtils.isPageSaved(at) && DataUtils.isLeafPosition(at)) {
                if (isIn(at)) {
                    add(page.getChildPage(i));
                }
                continue;
            }
            var child = page.getChildPage(i);
            if (!child.isLeaf()) {
                int before = found.size();
                below(child, i == first ? from : null);
                if (before == found.size() && isIn(at)) {
                    add(child);
                }
                if (next != null) {
                    return;
                }
            }
        }
    }

    private boolean isIn(long at) {
        return DataUtils.isPageSaved(at) && chunks.contains(DataUtils.getPageChunkId(at));
    }

    private void add(Page<K, V> page) {
        var leaf = page;
        while (!leaf.isLeaf()) {
            leaf = leaf.getChildPage(0);
        }
        if (leaf.getKeyCount() > 0) {
            found.add(leaf.getKey(0));
            octets -= DataUtils.isPageSaved(leaf.getPos()) ? DataUtils.getPageMaxLength(leaf.getPos()) : 0;
        }
    }

    /** A page's key at i is the least one of its child at i + 1. */
    private int childWith(Page<K, V> page, K key) {
        int low = 0;
        int high = page.getKeyCount();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (map.getKeyType().compare(page.getKey(middle), key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Puts the value that is there. */
    private static final class AsItIs<V> extends MVMap.DecisionMaker<V> {
        @Override
        public MVMap.Decision decide(@Nullable V there, @Nullable V given) {
            return there == null ? MVMap.Decision.ABORT : MVMap.Decision.PUT;
        }

        @Override
        public <T extends V> T selectValue(T there, @Nullable T given) {
            return there;
        }
    }
}
