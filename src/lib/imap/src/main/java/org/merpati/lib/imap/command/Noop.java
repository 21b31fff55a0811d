package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** NOOP. RFC 3501 §6.1.2. */
public record Noop() implements AnyStateCommand {
    static Noop parse(CommandReader in) {
        in.end();
        return new Noop();
    }
}
