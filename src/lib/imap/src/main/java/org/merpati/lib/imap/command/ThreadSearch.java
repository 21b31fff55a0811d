package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/** THREAD and UID THREAD. RFC 5256 §3. */
public record ThreadSearch(boolean uids, Algorithm algorithm, SearchProgram program) implements SearchCommand {
    public enum Algorithm {
        ORDEREDSUBJECT,
        REFERENCES
    }

    static ThreadSearch parse(CommandReader in) {
        int before = in.space().offset();
        var name = in.word("a threading algorithm");
        var algorithm = switch (name) {
            case "ORDEREDSUBJECT" -> Algorithm.ORDEREDSUBJECT;
            case "REFERENCES" -> Algorithm.REFERENCES;
            default -> throw new ImapSyntaxException("ORDEREDSUBJECT or REFERENCES", before);
        };
        in.space();
        return new ThreadSearch(in.byUid(), algorithm, SearchProgram.afterCharset(in));
    }
}
