package org.merpati.adapter.net.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.merpati.core.api.config.Network;

/** Version 1: {@code PROXY TCP4 192.0.2.7 192.0.2.1 40000 25} and CRLF. */
final class TextHeader {
    /** With the CRLF; {@code UNKNOWN} and two IPv6 addresses of full length fill it. */
    private static final int LONGEST = 107;

    private static final String START = "PROXY ";

    private TextHeader() {}

    /** Reads on from the octets that have come. */
    static ProxyHeader read(byte[] start, InputStream in) throws IOException {
        if (!new String(start, StandardCharsets.ISO_8859_1).startsWith(START)) {
            throw new ProxyHeaderException("no PROXY header");
        }
        // octet by octet: what follows the line is not the header's
        var line = Arrays.copyOf(start, LONGEST);
        int length = start.length;
        while (line[length - 1] != '\n') {
            if (length == LONGEST) {
                throw new ProxyHeaderException("a PROXY header of more than " + LONGEST + " octets");
            }
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the connection ended inside its PROXY header");
            }
            line[length++] = (byte) octet;
        }
        if (line[length - 2] != '\r') {
            throw new ProxyHeaderException("a PROXY header that ends without CRLF");
        }
        return parse(new String(line, 0, length - 2, StandardCharsets.ISO_8859_1));
    }

    private static ProxyHeader parse(String line) throws ProxyHeaderException {
        var words = line.split(" ", -1);
        if (words[1].equals("UNKNOWN")) {
            // whatever follows is to be ignored
            return ProxyHeader.NONE;
        }
        boolean four = words[1].equals("TCP4");
        if (words.length != 6 || !(four || words[1].equals("TCP6"))) {
            throw new ProxyHeaderException("a PROXY header of an unknown kind");
        }
        var client = new InetSocketAddress(address(words[2], four), port(words[4]));
        var server = new InetSocketAddress(address(words[3], four), port(words[5]));
        return new ProxyHeader(Optional.of(new ProxyHeader.Ends(client, server)));
    }

    private static InetAddress address(String word, boolean four) throws ProxyHeaderException {
        try {
            var address = Network.address(word);
            // an IPv4 address written as IPv6 is one, as Java has it
            if (!four || (address instanceof Inet4Address && word.indexOf(':') < 0)) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new ProxyHeaderException("a PROXY header with a wrong address");
    }

    private static int port(String word) throws ProxyHeaderException {
        if (!word.matches("0|[1-9][0-9]{0,4}") || Integer.parseInt(word) > 65_535) {
            throw new ProxyHeaderException("a PROXY header with a wrong port");
        }
        return Integer.parseInt(word);
    }
}
