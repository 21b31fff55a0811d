package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** CAPABILITY. RFC 3501 §6.1.1. */
public record Capability() implements AnyStateCommand {
    static Capability parse(CommandReader in) {
        in.end();
        return new Capability();
    }
}
