package org.merpati.core.api.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * A block of addresses. RFC 4632 §3.1, RFC 4291 §2.3.
 *
 * @param prefix how many leading bits count
 */
public record Network(InetAddress address, int prefix) {
    private static final String IPV4 = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

    /** Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or one address. */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        var address = address(slash < 0 ? text : text.substring(0, slash));
        int bits = address.getAddress().length * 8;
        if (slash < 0) {
            return new Network(address, bits);
        }
        var length = text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
            throw new IllegalArgumentException("a prefix length is from 0 to " + bits + ", not " + length);
        }
        return new Network(address, Integer.parseInt(length));
    }

    /** Reads several, separated by commas; none of an empty text. */
    static List<Network> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .map(Network::parse)
                .toList();
    }

    /**
     * Reads an address in figures; never looks a name up.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static InetAddress address(String text) {
        boolean four = text.matches(IPV4 + "(\\." + IPV4 + "){3}");
        // with a colon in it Java takes it for an address, or for wrong, and asks nobody
        boolean six = text.length() <= 45 && text.indexOf(':') >= 0 && text.matches("[0-9A-Fa-f:.]+");
        try {
            if (four || six) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException e) {
            // said below
        }
        throw new IllegalArgumentException("an IP address is like 192.0.2.1 or 2001:db8::1");
    }

    public boolean contains(InetAddress other) {
        var mine = address.getAddress();
        var theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit & 7);
            if (((mine[bit >> 3] ^ theirs[bit >> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
