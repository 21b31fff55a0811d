package org.merpati.adapter.net.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Version 2, behind its signature: command, family, length, addresses, and further fields that are skipped. */
final class BinaryHeader {
    private static final int VERSION = 0x2;
    private static final int LOCAL = 0x0;
    private static final int PROXY = 0x1;

    private static final int UNSPECIFIED = 0x00;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int UNIX_STREAM = 0x31;

    private BinaryHeader() {}

    static ProxyHeader read(InputStream in) throws IOException {
        var fixed = ByteBuffer.wrap(ProxyHeader.exactly(in, 4));
        int versionAndCommand = fixed.get() & 0xff;
        int family = fixed.get() & 0xff;
        int length = fixed.getShort() & 0xffff;
        int command = versionAndCommand & 0xf;
        if (versionAndCommand >> 4 != VERSION || (command != LOCAL && command != PROXY)) {
            throw new ProxyHeaderException("a PROXY header of an unknown version or command");
        }
        if (command == LOCAL) {
            in.skipNBytes(length);
            return ProxyHeader.NONE;
        }
        int octets = switch (family) {
            case TCP4 -> 4;
            case TCP6 -> 16;
            case UNSPECIFIED, UNIX_STREAM -> 0;
            default -> throw new ProxyHeaderException("a PROXY header of an unknown kind");
        };
        if (octets == 0) {
            in.skipNBytes(length);
            return ProxyHeader.NONE;
        }
        int needed = 2 * octets + 4;
        if (length < needed) {
            throw new ProxyHeaderException("a PROXY header too short for its addresses");
        }
        var addresses = ByteBuffer.wrap(ProxyHeader.exactly(in, needed));
        var client = address(addresses, octets);
        var server = address(addresses, octets);
        int clientPort = addresses.getShort() & 0xffff;
        int serverPort = addresses.getShort() & 0xffff;
        in.skipNBytes(length - needed);
        return new ProxyHeader(Optional.of(new ProxyHeader.Ends(
                new InetSocketAddress(client, clientPort), new InetSocketAddress(server, serverPort))));
    }

    private static InetAddress address(ByteBuffer from, int octets) throws IOException {
        var address = new byte[octets];
        from.get(address);
        return InetAddress.getByAddress(address);
    }
}
