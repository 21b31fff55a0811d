package org.merpati.core.imap.search;

import java.io.IOException;
import java.util.Set;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.store.index.IndexRow;
import org.merpati.lib.mime.Header;

/** A message that is looked at, and as much of it as is known so far: who asks for more than it {@link #knows} has erred. */
interface Candidate {
    int index();

    boolean knows(Source source);

    IndexRow row();

    /** Those of the row: the same object for equal sets, mostly. */
    default Set<Keyword> keywords() {
        return row().keywords();
    }

    /** When it came into the mailbox, in milliseconds; when it was received, where nobody has kept that. */
    default long saved() {
        throw new IllegalStateException("not known");
    }

    /** With the fields of its envelope and content at least. */
    default Header envelope() throws IOException {
        throw new IllegalStateException("not known");
    }

    default Header header() throws IOException {
        throw new IllegalStateException("not known");
    }

    default MessageText text() throws IOException {
        throw new IllegalStateException("not known");
    }
}
