package org.merpati.core.api.disk;

import java.io.Closeable;
import java.io.IOException;

/**
 * One open file of a {@link Disk}. Safe for any number of threads; an interrupt does not close it, but {@link #force} must
 * not be called on a thread that others interrupt.
 */
public interface DiskFile extends Closeable {
    /** Octets, written but not yet durable ones included. */
    long size() throws IOException;

    /** Reads up to that many octets; fewer, or none, only at the file's end. */
    int read(long at, byte[] into, int from, int length) throws IOException;

    /** Writes all of it, beyond the end too. After an exception any part of it may have been written. */
    void write(long at, byte[] bytes, int from, int length) throws IOException;

    /** Makes the file shorter or, with zeros, longer. */
    void resize(long size) throws IOException;

    /** All that was written before is durable when this returns. After an exception nothing is known of any of it. */
    void force() throws IOException;

    /** Takes the file for this handle until it is closed; false when somebody else has it, in this process or another. */
    boolean lock() throws IOException;

    @Override
    void close() throws IOException;
}
