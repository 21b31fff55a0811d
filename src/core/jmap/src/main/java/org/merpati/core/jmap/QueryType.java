package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Comparison;
import org.merpati.lib.jmap.MethodException;

/** A type that can be searched (RFC 8620 §5.5, §5.6). */
public interface QueryType {
    String name();

    /**
     * @param in to read further arguments from
     * @throws MethodException also for what is asked of the filter or the order and not supported
     */
    Search search(Optional<JsonNode> filter, List<Comparison> sort, Arguments in, Call call) throws MethodException;

    /** All that matches, in its order. */
    record Found(Ids ids, ModSeq state) {}

    /** Some of it. */
    record Window(List<String> ids, long position, long total, ModSeq state) {
        public Window {
            ids = List.copyOf(ids);
        }
    }

    /**
     * Ids that may stand elsewhere in the result than they did, or have come or gone: at least all of them.
     *
     * @param there those that may be in the result now; if they were in it, they are to be put in anew
     */
    record Moved(Set<String> there, Set<String> gone, ModSeq state) {}

    /** A filter and an order, understood. */
    interface Search {
        /** Whether {@link #moved} works for it. */
        boolean knowsChanges();

        /** Whether neither filter nor order depends on anything that changes (RFC 8620 §5.6, upToId). */
        default boolean isImmutable() {
            return false;
        }

        /** Goes through the door as often as it has to. */
        Found run(AccountId account) throws MethodException, IOException;

        /**
         * A part of the same, where that is cheaper than the whole; empty where it is not.
         *
         * @param position negative counts from the end
         */
        default Optional<Window> window(AccountId account, long position, int limit) {
            return Optional.empty();
        }

        /** Empty when it is not known, or there is too much of it. */
        Optional<Moved> moved(AccountId account, ModSeq since);
    }
}
