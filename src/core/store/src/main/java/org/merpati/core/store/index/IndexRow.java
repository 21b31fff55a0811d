package org.merpati.core.store.index;

import java.util.Set;
import org.merpati.core.api.mail.Keyword;

/**
 * A message as the index takes it in and gives it out.
 *
 * @param received milliseconds since 1970
 * @param size octets
 */
public record IndexRow(
        long uid,
        long email,
        long modSeq,
        boolean deleted,
        long thread,
        long received,
        long size,
        Set<Keyword> keywords) {
    /** The same message after its flags have changed. */
    public IndexRow with(long changed, boolean deletedNow, Set<Keyword> keywordsNow) {
        return new IndexRow(uid, email, changed, deletedNow, thread, received, size, keywordsNow);
    }

    /** As the index gives it out: larger sizes are all the same to it. */
    public IndexRow indexed() {
        return size <= Integer.MAX_VALUE
                ? this
                : new IndexRow(uid, email, modSeq, deleted, thread, received, Integer.MAX_VALUE, keywords);
    }
}
