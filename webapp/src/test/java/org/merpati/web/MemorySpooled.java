package org.merpati.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import org.merpati.core.api.spool.Spooled;

/** A spool entry on the heap. */
public final class MemorySpooled implements Spooled {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    @Override
    public OutputStream sink() {
        return octets;
    }

    @Override
    public long size() {
        return octets.size();
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(octets.toByteArray());
    }

    @Override
    public void close() {}
}
