package org.merpati.core.imap;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.imap.command.SearchKey;
import org.merpati.lib.imap.response.ExtendedResult;

/**
 * A search whose results the client keeps, and is told when they change (RFC 5267 §4.3).
 *
 * @param tag of the search
 * @param source the mailbox's name where the search was one of several mailboxes
 * @param uids whether results are uids
 * @param key without sequence numbers: those of the search are frozen as uids
 * @param items what is told of new messages among the results
 * @param results places in the session's view
 * @param order the same in the order of SORT; empty for the mailbox's
 */
record SearchContext(
        String tag,
        Optional<ExtendedResult.Source> source,
        boolean uids,
        SearchKey key,
        List<FetchItem> items,
        BitSet results,
        Optional<ResultOrder> order) {
    SearchContext {
        items = List.copyOf(items);
    }

    /** Messages have gone from these places, ascending, none of which is a result any more. */
    void close(int[] gone) {
        if (gone.length == 0) {
            return;
        }
        var moved = new BitSet(results.length());
        int before = 0;
        for (int place = results.nextSetBit(gone[0]); place >= 0; place = results.nextSetBit(place + 1)) {
            while (before < gone.length && gone[before] < place) {
                before++;
            }
            moved.set(place - before);
        }
        results.clear(gone[0], Math.max(gone[0], results.length()));
        results.or(moved);
    }
}
