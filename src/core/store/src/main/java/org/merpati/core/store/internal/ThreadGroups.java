package org.merpati.core.store.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What belongs together of new emails of one account and the threads that are there. Both are known by their numbers, which
 * differ: a thread has that of its first email.
 */
final class ThreadGroups {
    private final Map<Long, Long> byHash;
    private final SortedSet<Long> threads;
    private final Map<Long, SortedSet<Long>> groups = new HashMap<>();

    /** @param known the threads that are there, by hash */
    ThreadGroups(Map<Long, Long> known) {
        byHash = new HashMap<>(known);
        threads = new TreeSet<>(known.values());
        threads.forEach(this::alone);
    }

    void add(long email, Collection<Long> hashes) {
        alone(email);
        for (var hash : hashes) {
            var other = byHash.putIfAbsent(hash, email);
            if (other != null) {
                join(email, other);
            }
        }
    }

    /** The threads that are there and belong to the email; where there is none, the one that its group begins. */
    SortedSet<Long> threadsOf(long email) {
        var group = groups.get(email);
        var there = new TreeSet<>(group);
        there.retainAll(threads);
        return there.isEmpty() ? new TreeSet<>(group).headSet(group.first() + 1) : there;
    }

    /** From now on that is the one thread of the email's group. */
    void settle(long email, long thread) {
        var group = groups.get(email);
        threads.removeAll(group);
        threads.add(thread);
        group.add(thread);
        groups.put(thread, group);
    }

    private void alone(long number) {
        var group = new TreeSet<Long>();
        group.add(number);
        groups.put(number, group);
    }

    private void join(long one, long other) {
        var larger = groups.get(one);
        var smaller = groups.get(other);
        if (larger.contains(other)) {
            return;
        }
        if (larger.size() < smaller.size()) {
            var swapped = larger;
            larger = smaller;
            smaller = swapped;
        }
        larger.addAll(smaller);
        for (var member : smaller) {
            groups.put(member, larger);
        }
    }
}
