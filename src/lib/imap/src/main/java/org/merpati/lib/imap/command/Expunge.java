package org.merpati.lib.imap.command;

import java.util.Optional;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MessageSet;

/**
 * EXPUNGE and UID EXPUNGE. RFC 9051 §6.4.3, §6.4.9.
 *
 * @param among empty: all that are marked
 */
public record Expunge(Optional<MessageSet> among) implements SelectedCommand {
    static Expunge parse(CommandReader in) {
        Optional<MessageSet> among = in.byUid() ? Optional.of(in.space().messages()) : Optional.empty();
        in.end();
        return new Expunge(among);
    }
}
