package org.merpati.core.api.spool;

import java.io.IOException;

/** Makes {@link Spooled} messages. Safe for use by any number of threads. */
public interface Spool {
    /**
     * A new, empty spool entry. Whoever creates it closes it.
     *
     * @throws org.merpati.core.api.blob.NoSpaceException when the disk is below its watermark
     */
    Spooled create() throws IOException;

    /**
     * The same, for so many octets.
     *
     * @throws org.merpati.core.api.blob.NoSpaceException when the disk would be below its watermark with them
     */
    default Spooled create(long octets) throws IOException {
        return create();
    }
}
