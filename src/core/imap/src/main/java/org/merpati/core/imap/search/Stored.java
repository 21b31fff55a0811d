package org.merpati.core.imap.search;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.merpati.core.store.Messages.Scanned;
import org.merpati.core.store.index.IndexRow;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.Part;

/** A message of the store: everything of it can be known, and is read when asked for. */
final class Stored implements Candidate {
    private final int index;
    private final Scanned row;
    private final MessageText text;
    private boolean read;
    private @Nullable Header envelope;

    Stored(int index, Scanned row, MessageText text) {
        this.index = index;
        this.row = row;
        this.text = text;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean knows(Source source) {
        return true;
    }

    @Override
    public IndexRow row() {
        return row.row();
    }

    @Override
    public Header envelope() throws IOException {
        var known = envelope;
        if (known == null) {
            var stored = row.structure().root().map(Part::header);
            known = stored.isPresent() ? stored.get() : header();
            envelope = known;
        }
        return known;
    }

    @Override
    public Header header() throws IOException {
        return text().header();
    }

    @Override
    public MessageText text() throws IOException {
        if (!read) {
            text.read(row.blob(), row.headerSize());
            read = true;
        }
        return text;
    }
}
