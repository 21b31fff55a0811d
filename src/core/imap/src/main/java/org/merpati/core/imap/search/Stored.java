package org.merpati.core.imap.search;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.merpati.core.store.Messages.Scanned;
import org.merpati.core.store.index.IndexRow;
import org.merpati.lib.mime.Header;

/** A message of the store: everything of it can be known, and is read when asked for. */
final class Stored implements Candidate {
    private final int index;
    private final IndexRow row;
    private final Scanned stored;
    private final MessageText text;
    private boolean read;
    private @Nullable Header envelope;

    Stored(int index, IndexRow row, Scanned stored, MessageText text) {
        this.index = index;
        this.row = row;
        this.stored = stored;
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
        return row;
    }

    @Override
    public long saved() {
        return stored.saved().map(Instant::toEpochMilli).orElse(row.received());
    }

    @Override
    public Header envelope() throws IOException {
        var known = envelope;
        if (known == null) {
            var header = stored.structure().header();
            known = header.isPresent() ? header.get() : header();
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
            text.read(stored.blob(), stored.headerSize());
            read = true;
        }
        return text;
    }
}
