package org.merpati.core.imap;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.SearchKey;
import org.merpati.lib.imap.command.SearchProgram;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.StatusKind;

/** Searches that are not begun, and why. */
final class SearchRefusal {
    private static final List<String> CHARSETS = List.of("US-ASCII", "UTF-8");

    private SearchRefusal() {}

    static Optional<Completion> of(SearchProgram program, Enabled enabled) {
        if (enabled.has(Feature.UIDONLY) && any(program.key(), SearchRefusal::numbersMessages)) {
            return Optional.of(new Completion(
                    StatusKind.BAD, Optional.of(Plain.UIDREQUIRED), "Sequence numbers are not in use any more"));
        }
        if (!program.readable()) {
            return Optional.of(Completion.no(new ResponseCode.BadCharset(CHARSETS), "That charset is not known here"));
        }
        return Optional.empty();
    }

    private static boolean numbersMessages(SearchKey key) {
        return key instanceof SearchKey.Numbers(MessageSet.SequenceSet set);
    }

    /** Whether such a key is somewhere in the tree. */
    static boolean any(SearchKey key, Predicate<SearchKey> wanted) {
        return switch (key) {
            case SearchKey.And(var keys) -> keys.stream().anyMatch(inner -> any(inner, wanted));
            case SearchKey.Or(var keys) -> keys.stream().anyMatch(inner -> any(inner, wanted));
            case SearchKey.Not(var inner) -> any(inner, wanted);
            default -> wanted.test(key);
        };
    }
}
