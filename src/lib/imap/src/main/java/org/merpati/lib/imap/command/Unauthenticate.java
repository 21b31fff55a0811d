package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** UNAUTHENTICATE. RFC 8437 §3. */
public record Unauthenticate() implements SignedInCommand {
    static Unauthenticate parse(CommandReader in) {
        in.end();
        return new Unauthenticate();
    }
}
