package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** CLOSE. RFC 3501 §6.4.2. */
public record Close() implements SelectedCommand {
    static Close parse(CommandReader in) {
        in.end();
        return new Close();
    }
}
