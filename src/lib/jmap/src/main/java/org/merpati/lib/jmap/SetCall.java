package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * The arguments of every {@code /set} (RFC 8620 §5.3); a type may have more.
 *
 * @param create by creation id
 * @param update by id, or by {@code #} and a creation id
 * @param destroy likewise, each once
 */
public record SetCall(
        String accountId,
        Optional<String> ifInState,
        SequencedMap<String, ObjectNode> create,
        SequencedMap<String, ObjectNode> update,
        SequencedSet<String> destroy) {
    public static SetCall parse(Arguments in) throws MethodException {
        return new SetCall(
                in.string("accountId"),
                in.optionalString("ifInState"),
                in.objects("create"),
                in.objects("update"),
                new LinkedHashSet<>(in.optionalStrings("destroy").orElse(List.of())));
    }

    /** How many objects it is about. */
    public int size() {
        return create.size() + update.size() + destroy.size();
    }
}
