package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/** COMPRESS with DEFLATE, the only algorithm. RFC 4978 §3. */
public record Compress() implements SignedInCommand {
    static Compress parse(CommandReader in) {
        int before = in.space().offset();
        if (!in.word("an algorithm").equals("DEFLATE")) {
            throw new ImapSyntaxException("DEFLATE", before);
        }
        in.end();
        return new Compress();
    }
}
