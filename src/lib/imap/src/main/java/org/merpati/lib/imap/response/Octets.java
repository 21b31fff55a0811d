package org.merpati.lib.imap.response;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * Octets on their way out.
 *
 * @param stream open, standing at the first of them
 */
public record Octets(long size, InputStream stream) {
    public static Octets of(byte[] bytes) {
        return new Octets(bytes.length, new ByteArrayInputStream(bytes));
    }
}
