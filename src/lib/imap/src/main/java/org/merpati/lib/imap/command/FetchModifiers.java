package org.merpati.lib.imap.command;

import java.util.Optional;
import java.util.OptionalLong;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/**
 * What stands in parentheses after the items of FETCH.
 *
 * @param changedSince only messages with a greater modseq (RFC 7162 §3.1.4.1)
 * @param vanished whether those of the set that are gone are to be told too (RFC 7162 §3.2.6)
 * @param part which of the messages that are left (RFC 9394 §3.2)
 */
public record FetchModifiers(OptionalLong changedSince, boolean vanished, Optional<PartialRange> part) {
    public static final FetchModifiers NONE = new FetchModifiers(OptionalLong.empty(), false, Optional.empty());

    static FetchModifiers parse(CommandReader in) {
        var modifiers = NONE;
        if (in.accept(' ')) {
            in.expect('(');
            do {
                int before = in.offset();
                var word = in.word("a fetch modifier");
                modifiers = switch (word) {
                    case "CHANGEDSINCE" ->
                        new FetchModifiers(OptionalLong.of(in.space().modSeq()), modifiers.vanished, modifiers.part);
                    case "VANISHED" -> new FetchModifiers(modifiers.changedSince, true, modifiers.part);
                    case "PARTIAL" ->
                        new FetchModifiers(
                                modifiers.changedSince,
                                modifiers.vanished,
                                Optional.of(PartialRange.parse(in.space())));
                    default -> throw new ImapSyntaxException("a fetch modifier", before);
                };
            } while (in.accept(' '));
            in.expect(')');
            if (modifiers.vanished && (modifiers.changedSince.isEmpty() || !in.byUid())) {
                throw in.expected("VANISHED with UID FETCH and CHANGEDSINCE only");
            }
        }
        return modifiers;
    }
}
