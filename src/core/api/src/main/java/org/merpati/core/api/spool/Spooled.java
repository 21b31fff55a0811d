package org.merpati.core.api.spool;

import java.io.OutputStream;
import org.merpati.core.api.blob.Content;

/** One message on its way in. First written, then read; used by one thread at a time. */
public interface Spooled extends Content, AutoCloseable {
    /**
     * Takes the bytes. Write in blocks; the stream needs no closing.
     *
     * <p>A write throws {@link org.merpati.core.api.blob.NoSpaceException} when the disk takes no more.
     */
    OutputStream sink();

    /** Gives the heap or the temporary file back. May be called twice. */
    @Override
    void close();
}
