package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/**
 * SEARCH and UID SEARCH. RFC 3501 §6.4.4, §6.4.8.
 *
 * @param uids whether it came with UID: the answer is uids then
 * @param charset in upper case; US-ASCII when there was none. Keys of any other than US-ASCII and UTF-8 are not parsed
 */
public record Search(boolean uids, String charset, SearchKey key) implements SearchCommand {
    static Search parse(CommandReader in) {
        return parse(in, false);
    }

    static Search parseUid(CommandReader in) {
        return parse(in, true);
    }

    /** Whether the keys' text is in a charset that the server reads. */
    public boolean readable() {
        return charset.equals("US-ASCII") || charset.equals("UTF-8");
    }

    private static Search parse(CommandReader in, boolean uids) {
        in.space();
        var charset = "US-ASCII";
        if (in.acceptWord("CHARSET")) {
            charset = in.space().text().toUpperCase(java.util.Locale.ROOT);
            in.space();
        }
        if (!charset.equals("US-ASCII") && !charset.equals("UTF-8")) {
            in.rest();
            return new Search(uids, charset, new SearchKey.All());
        }
        var key = SearchKey.parseAll(in, 0);
        in.end();
        return new Search(uids, charset, key);
    }
}
