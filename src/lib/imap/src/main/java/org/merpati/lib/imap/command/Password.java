package org.merpati.lib.imap.command;

import java.util.Arrays;
import java.util.function.Function;

/** The octets of a password. They reach nobody through {@link #toString()}. */
public final class Password implements AutoCloseable {
    private final byte[] octets;

    /** Takes the array as its own. */
    Password(byte[] octets) {
        this.octets = octets;
    }

    /** Lends the octets, which must not be kept. */
    public <R> R use(Function<byte[], R> check) {
        return check.apply(octets);
    }

    /** Overwrites the octets. */
    @Override
    public void close() {
        Arrays.fill(octets, (byte) 0);
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
