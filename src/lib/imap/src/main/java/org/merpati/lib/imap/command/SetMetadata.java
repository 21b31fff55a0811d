package org.merpati.lib.imap.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;

/**
 * SETMETADATA. RFC 5464 §4.3.
 *
 * @param mailbox of no characters: the server
 * @param entries in lower case; without a value those that are to be removed
 */
public record SetMetadata(MailboxName mailbox, Map<String, Optional<byte[]>> entries) implements MailboxCommand {
    public SetMetadata {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    static SetMetadata parse(CommandReader in) {
        var mailbox = in.space().mailbox();
        var entries = new LinkedHashMap<String, Optional<byte[]>>();
        in.space().list(GetMetadata.MOST, entry -> {
            var name = EntryName.parseOne(entry);
            entries.put(name, value(entry.space()));
            return name;
        });
        in.end();
        return new SetMetadata(mailbox, entries);
    }

    private static Optional<byte[]> value(CommandReader in) {
        return in.acceptWord("NIL") ? Optional.empty() : Optional.of(in.stringOrLiteral8());
    }
}
