package org.merpati.core.api.blob;

/** Watches the disk's free space. Cheap enough to be asked for every message; safe for any number of threads. */
public interface FreeSpace {
    /** Throws when writing that many octets would leave less than the watermark. */
    void require(long octets) throws NoSpaceException;
}
