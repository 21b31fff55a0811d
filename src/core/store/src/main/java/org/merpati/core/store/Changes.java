package org.merpati.core.store;

import java.util.List;
import org.merpati.core.api.mail.ModSeq;

/**
 * What changed of an account's things of one kind (RFC 8620 §5.2). None stands in two lists.
 *
 * @param state up to which the lists tell
 * @param more whether that is not the newest one
 */
public record Changes<I>(List<I> created, List<I> updated, List<I> destroyed, ModSeq state, boolean more) {
    public Changes {
        created = List.copyOf(created);
        updated = List.copyOf(updated);
        destroyed = List.copyOf(destroyed);
    }
}
