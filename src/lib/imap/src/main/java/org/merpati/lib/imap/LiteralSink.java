package org.merpati.lib.imap;

/** Takes a diverted literal's octets. */
@FunctionalInterface
public interface LiteralSink {
    /**
     * Takes the next octets. One that can't take them remembers that and lets them go: the client sends them all the same,
     * and what comes after them is to be read.
     */
    void write(byte[] octets, int offset, int length);
}
