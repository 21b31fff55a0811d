package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.Patch;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;

/** A type whose objects clients create, update and destroy (RFC 8620 §5.3). */
public interface SetType {
    String name();

    /** Inside the door. */
    String state(Services services, AccountId account);

    /** Whether the writes change nothing but the account that they are for: then {@code ifInState} holds while they happen. */
    default boolean changesItsAccountAlone() {
        return false;
    }

    /** @param in to read further arguments from */
    Work begin(AccountId account, Arguments in, Call call) throws MethodException;

    /** An object that was made. */
    record Made(String id, ObjectNode untold) {}

    /** What becomes of one call; outside the door, through which each goes as often as it has to. */
    interface Work {
        /** The creation ids that the object names, of what has to be created before it in the same call. */
        default List<String> needs(ObjectNode object) {
            return List.of();
        }

        /** @throws SetException when it is refused; nothing was made then */
        Made create(ObjectNode object) throws SetException, IOException;

        /**
         * Updates objects, each for itself.
         *
         * @param patches by id
         * @return why not, for those that were refused; for the others what has changed beside, which may be nothing
         */
        Map<String, Updated> update(SequencedMap<String, Patch> patches) throws IOException;

        /** Destroys objects; why not, for those that are still there. */
        Map<String, SetError> destroy(List<String> ids) throws IOException;

        /** What else is to follow when all is done; the response is written by then (RFC 8621 §7.5). */
        default void end(SetResults results, Responses responses) {}
    }

    /** What became of an update. */
    sealed interface Updated {
        /** @param beside properties that the client did not name; empty when there are none */
        record Done(Optional<ObjectNode> beside) implements Updated {}

        record Refused(SetError error) implements Updated {}

        Updated DONE = new Done(Optional.empty());
    }
}
