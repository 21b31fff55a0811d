package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** LOGOUT. RFC 3501 §6.1.3. */
public record Logout() implements AnyStateCommand {
    static Logout parse(CommandReader in) {
        in.end();
        return new Logout();
    }
}
