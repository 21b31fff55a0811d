package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** GETJMAPACCESS. RFC 9698 §4. */
public record GetJmapAccess() implements MailboxCommand {
    static GetJmapAccess parse(CommandReader in) {
        in.end();
        return new GetJmapAccess();
    }
}
