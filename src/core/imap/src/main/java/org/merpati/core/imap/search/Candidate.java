package org.merpati.core.imap.search;

import java.io.IOException;
import java.util.Set;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.store.index.IndexRow;
import org.merpati.lib.mime.Header;

/** A message that is looked at, and as much of it as is known so far. */
interface Candidate {
    int index();

    boolean knows(Source source);

    IndexRow row();

    /** Those of the row: the same object for equal sets, mostly. */
    default Set<Keyword> keywords() {
        return row().keywords();
    }

    /** When it came into the mailbox, in milliseconds; when it was received, where nobody has kept that. */
    long saved();

    /** With the fields of its envelope and content at least. */
    Header envelope() throws IOException;

    Header header() throws IOException;

    MessageText text() throws IOException;
}
