package org.merpati.core.transport;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.merpati.core.api.spool.Spooled;

/** A message that has come in whole, an octet a character; whoever made it closes it. */
record SpooledText(String text) implements Spooled {
    @Override
    public long size() {
        return text.length();
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public OutputStream sink() {
        throw new AssertionError("it is written already");
    }

    @Override
    public void close() {
        throw new AssertionError("the caller closes it");
    }
}
