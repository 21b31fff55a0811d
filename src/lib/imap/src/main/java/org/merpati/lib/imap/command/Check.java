package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** CHECK. RFC 3501 §6.4.1. */
public record Check() implements SelectedCommand {
    static Check parse(CommandReader in) {
        in.end();
        return new Check();
    }
}
