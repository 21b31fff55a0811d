package org.merpati.core.imap.search;

import java.util.BitSet;

/**
 * What a search has found.
 *
 * @param indexes in the view, from 0
 * @param unreadable how many messages could not be read, and are not among them
 */
public record Found(BitSet indexes, int unreadable) {
    public int size() {
        return indexes.cardinality();
    }
}
