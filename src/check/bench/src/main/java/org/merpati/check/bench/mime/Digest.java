package org.merpati.check.bench.mime;

import java.io.OutputStream;
import java.util.zip.CRC32C;

/** What a contestant made of a message: decoded header values in their order, and the decoded octets of leaves. */
final class Digest extends OutputStream {
    private final CRC32C octets = new CRC32C();
    private long values;

    void value(String decoded) {
        values = values * 31 + decoded.hashCode();
    }

    @Override
    public void write(int octet) {
        octets.update(octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        octets.update(bytes, offset, length);
    }

    long result() {
        return values * 31 + octets.getValue();
    }
}
