package org.merpati.lib.jmap;

import java.util.Optional;

/**
 * The arguments of every {@code /changes} (RFC 8620 §5.2).
 *
 * @param maxChanges from 1 up
 */
public record Changes(String accountId, String sinceState, Optional<Long> maxChanges) {
    public static Changes parse(Arguments in) throws MethodException {
        var changes = new Changes(in.string("accountId"), in.string("sinceState"), in.optionalUnsigned("maxChanges"));
        if (changes.maxChanges().isPresent() && changes.maxChanges().get() == 0) {
            throw Arguments.invalid("\"maxChanges\" must be greater than 0");
        }
        return changes;
    }
}
