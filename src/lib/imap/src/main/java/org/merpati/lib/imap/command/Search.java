package org.merpati.lib.imap.command;

import java.util.Optional;
import org.merpati.lib.imap.CommandReader;

/**
 * SEARCH and UID SEARCH. RFC 9051 §6.4.4, §6.4.9.
 *
 * @param uids whether it came with UID: the answer is uids then
 * @param result empty: as IMAP4rev1 answers
 */
public record Search(boolean uids, Optional<SearchReturn> result, SearchProgram program) implements SearchCommand {
    static Search parse(CommandReader in) {
        var result = SearchReturn.parse(in.space());
        return new Search(in.byUid(), result, SearchProgram.parse(in));
    }
}
