package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** STARTTLS. RFC 9051 §6.2.1. */
public record StartTls() implements BeforeLoginCommand {
    static StartTls parse(CommandReader in) {
        in.end();
        return new StartTls();
    }
}
