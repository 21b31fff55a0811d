package org.merpati.adapter.net.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a proxy says of a connection.
 *
 * @param ends empty when the proxy speaks for itself (a health check) or can't say: then the connection's own count
 */
public record ProxyHeader(Optional<Ends> ends) {
    /**
     * The two ends of the client's connection.
     *
     * @param client who connected to the proxy
     * @param server where to
     */
    public record Ends(InetSocketAddress client, InetSocketAddress server) {}

    /** Begins every binary header; no protocol that a mail server speaks begins so. */
    private static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};

    static final ProxyHeader NONE = new ProxyHeader(Optional.empty());

    /**
     * Reads the header that must come now, and nothing behind it.
     *
     * @throws ProxyHeaderException when something else comes
     * @throws EOFException when the connection ends before the header does
     */
    public static ProxyHeader read(InputStream in) throws IOException {
        // as many octets as both kinds have at least
        var start = exactly(in, SIGNATURE.length);
        return Arrays.equals(start, SIGNATURE) ? BinaryHeader.read(in) : TextHeader.read(start, in);
    }

    static byte[] exactly(InputStream in, int count) throws IOException {
        var octets = in.readNBytes(count);
        if (octets.length < count) {
            throw new EOFException("the connection ended inside its PROXY header");
        }
        return octets;
    }
}
