package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** UNSELECT. RFC 3691. */
public record Unselect() implements SelectedCommand {
    static Unselect parse(CommandReader in) {
        in.end();
        return new Unselect();
    }
}
