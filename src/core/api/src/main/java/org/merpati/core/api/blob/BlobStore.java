package org.merpati.core.api.blob;

import java.io.IOException;
import java.io.InputStream;

/** Keeps blobs. Safe for use by any number of threads, inside the door or (for reading, always) outside it. */
public interface BlobStore {
    /**
     * Stores the content and returns once it is on stable storage. What is stored here and never named by a committed row
     * is collected later.
     *
     * @throws NoSpaceException when the disk is full or takes no writes; nothing was stored
     */
    Blob append(Content content) throws IOException;

    /**
     * The same for a caller who has something else to do meanwhile: the content has been read when this returns, and is on
     * stable storage when {@link Begun#stored} does. What {@link #append} throws comes from either.
     */
    default Begun begin(Content content) throws IOException {
        var blob = append(content);
        return () -> blob;
    }

    /** A blob on its way. */
    @FunctionalInterface
    interface Begun {
        /** Waits until it is on stable storage. */
        Blob stored() throws IOException;
    }

    /**
     * The blob's octets from {@code from}, {@code length} of them (fewer when the blob ends before). The caller closes the
     * stream.
     *
     * @throws IOException also when the bytes on disk are not a blob's: damage is reported, never passed on as mail
     */
    InputStream open(BlobRef ref, long from, long length) throws IOException;
}
