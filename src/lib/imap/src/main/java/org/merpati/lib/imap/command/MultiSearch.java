package org.merpati.lib.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/**
 * ESEARCH: a search of several mailboxes. RFC 7377.
 *
 * @param sources at least one; the selected mailbox when none was named
 */
public record MultiSearch(List<MailboxFilter> sources, SearchReturn result, SearchProgram program)
        implements SignedInCommand {
    private static final int MOST = 20;

    public MultiSearch {
        sources = List.copyOf(sources);
    }

    static MultiSearch parse(CommandReader in) {
        in.space();
        List<MailboxFilter> sources = List.of(MailboxFilter.Group.SELECTED);
        if (in.acceptWord("IN")) {
            sources = sources(in.space().expect('('));
            in.space();
        }
        Optional<SearchReturn> result = SearchReturn.parse(in);
        return new MultiSearch(sources, result.orElse(SearchReturn.ALL), SearchProgram.parse(in));
    }

    private static List<MailboxFilter> sources(CommandReader in) {
        var sources = new ArrayList<MailboxFilter>();
        do {
            if (sources.size() == MOST) {
                throw in.expected("no more than " + MOST + " sources");
            }
            int before = in.offset();
            var source = MailboxFilter.parse(in);
            if (source == MailboxFilter.Group.SELECTED_DELAYED) {
                throw new ImapSyntaxException("which mailboxes", before);
            }
            sources.add(source);
        } while (in.accept(' '));
        in.expect(')');
        return sources;
    }
}
