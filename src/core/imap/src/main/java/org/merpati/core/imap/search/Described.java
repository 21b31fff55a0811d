package org.merpati.core.imap.search;

import java.util.Set;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.store.index.IndexRow;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.mime.Header;

/**
 * A message of which the index and the envelope are known.
 *
 * @param place in {@code messages}
 */
record Described(int index, MailboxIndex messages, int place, Header envelope) implements Candidate {
    @Override
    public boolean knows(Source source) {
        return switch (source) {
            case VIEW, INDEX, ENVELOPE -> true;
            case ROW, HEADER, OCTETS -> false;
        };
    }

    @Override
    public IndexRow row() {
        return messages.row(place);
    }

    @Override
    public Set<Keyword> keywords() {
        return messages.keywords(place);
    }
}
