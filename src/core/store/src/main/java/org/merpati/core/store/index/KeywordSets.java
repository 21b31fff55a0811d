package org.merpati.core.store.index;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.merpati.core.api.mail.Keyword;

/**
 * The different sets of keywords in a mailbox, each once, by number. Shared by a mailbox's successive indexes: it only
 * grows, and a number means the same for good. Safe for any number of threads.
 */
final class KeywordSets {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Set<Keyword>, Integer> numbers = new HashMap<>();
    private volatile Entry[] entries = new Entry[8];
    private long octets;

    private record Entry(Set<Keyword> keywords) {}

    int number(Set<Keyword> keywords) {
        lock.lock();
        try {
            var known = numbers.get(keywords);
            if (known != null) {
                return known;
            }
            int number = numbers.size();
            var room = number == entries.length ? Arrays.copyOf(entries, 2 * number) : entries;
            var own = Collections.unmodifiableSet(new TreeSet<>(keywords));
            room[number] = new Entry(own);
            entries = room; // the write that shows the entry to readers
            numbers.put(own, number);
            octets += 200
                    + own.stream()
                            .mapToInt(keyword -> 120 + keyword.name().length())
                            .sum();
            return number;
        } finally {
            lock.unlock();
        }
    }

    Set<Keyword> set(int number) {
        return entries[number].keywords();
    }

    /** The keywords of all the sets. */
    Set<Keyword> all() {
        lock.lock();
        try {
            var all = new TreeSet<Keyword>();
            numbers.keySet().forEach(all::addAll);
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** About what it takes on the heap. */
    long octets() {
        lock.lock();
        try {
            return octets;
        } finally {
            lock.unlock();
        }
    }
}
