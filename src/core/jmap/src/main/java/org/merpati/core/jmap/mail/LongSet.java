package org.merpati.core.jmap.mail;

import java.util.Arrays;

/** A set of numbers, of which there may be as many as an account has mail; each also has its place, from 0, in the order of adding. */
final class LongSet {
    private long[] numbers = new long[16];
    private int[] slots = new int[32]; // a place and 1 more, or 0
    private int size;

    int size() {
        return size;
    }

    long get(int place) {
        return numbers[place];
    }

    boolean contains(long number) {
        return find(number) >= 0;
    }

    /** The place; -1 when it is not there. */
    int find(long number) {
        return slots[slot(number)] - 1;
    }

    /** Its place, now or from before. */
    int add(long number) {
        int slot = slot(number);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (size == numbers.length) {
            grow();
            slot = slot(number);
        }
        numbers[size] = number;
        slots[slot] = ++size;
        return size - 1;
    }

    private void grow() {
        numbers = Arrays.copyOf(numbers, size * 2);
        slots = new int[numbers.length * 2];
        for (int place = 0; place < size; place++) {
            slots[slot(numbers[place])] = place + 1;
        }
    }

    private int slot(long number) {
        int mask = slots.length - 1;
        int slot = (int) ((number * 0x9e3779b97f4a7c15L) >>> 32) & mask;
        while (slots[slot] != 0 && numbers[slots[slot] - 1] != number) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
