package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** IDLE; its end, DONE, is no command of its own. RFC 2177 §3. */
public record Idle() implements SignedInCommand {
    static Idle parse(CommandReader in) {
        in.end();
        return new Idle();
    }
}
