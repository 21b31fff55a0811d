package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;

/** A type whose changes are known (RFC 8620 §5.2). */
public interface ChangingType {
    String name();

    /**
     * What changed since a state. No id stands in two lists.
     *
     * @param state up to which the lists tell
     * @param more whether that is not the newest one
     * @param beside arguments of the response that the type has beside the usual ones
     */
    record Delta(
            List<String> created,
            List<String> updated,
            List<String> destroyed,
            ModSeq state,
            boolean more,
            ObjectNode beside) {
        public Delta {
            created = List.copyOf(created);
            updated = List.copyOf(updated);
            destroyed = List.copyOf(destroyed);
        }

        int size() {
            return created.size() + updated.size() + destroyed.size();
        }
    }

    /**
     * Empty when that is not known any more. Inside the door.
     *
     * @param limit of ids in all lists; there may be more of them where what changed at once can't be divided
     */
    Optional<Delta> changes(Services services, AccountId account, ModSeq since, int limit);
}
