package org.merpati.lib.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address of the Internet from its text, and never from the DNS (RFC 4291 §2.2). */
final class IpAddress {
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

    private final byte[] octets;

    private IpAddress(byte[] octets) {
        this.octets = octets;
    }

    static Optional<IpAddress> parse(String text) {
        if (text.length() > 45) {
            return Optional.empty();
        }
        return text.indexOf(':') < 0 ? v4(text) : v6(text);
    }

    private static Optional<IpAddress> v4(String text) {
        var parts = text.split("\\.", -1);
        var octets = new byte[4];
        if (parts.length != 4) {
            return Optional.empty();
        }
        for (int i = 0; i < 4; i++) {
            if (!OCTET.matcher(parts[i]).matches() || Integer.parseInt(parts[i]) > 255) {
                return Optional.empty();
            }
            octets[i] = (byte) Integer.parseInt(parts[i]);
        }
        return Optional.of(new IpAddress(octets));
    }

    private static Optional<IpAddress> v6(String text) {
        int gap = text.indexOf("::");
        var head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        var tail = gap < 0 ? Optional.of(List.<Integer>of()) : groups(text.substring(gap + 2), true);
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int given = head.get().size() + tail.get().size();
        if (gap < 0 ? given != 8 : given > 7) {
            return Optional.empty();
        }
        var all = new ArrayList<>(head.get());
        all.addAll(Collections.nCopies(8 - given, 0));
        all.addAll(tail.get());
        var octets = new byte[16];
        for (int i = 0; i < 8; i++) {
            octets[2 * i] = (byte) (all.get(i) >> 8);
            octets[2 * i + 1] = (byte) (int) all.get(i);
        }
        return Optional.of(new IpAddress(octets));
    }

    /** Groups between colons; at the end of an address an IPv4 one may stand for two. */
    private static Optional<List<Integer>> groups(String text, boolean atEnd) {
        var groups = new ArrayList<Integer>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        var parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            var part = parts[i];
            if (atEnd && i == parts.length - 1 && part.indexOf('.') >= 0) {
                var v4 = v4(part);
                if (v4.isEmpty()) {
                    return Optional.empty();
                }
                var octets = v4.get().octets;
                groups.add((octets[0] & 0xff) << 8 | (octets[1] & 0xff));
                groups.add((octets[2] & 0xff) << 8 | (octets[3] & 0xff));
            } else if (GROUP.matcher(part).matches()) {
                groups.add(Integer.parseInt(part, 16));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    boolean v4() {
        return octets.length == 4;
    }

    int bits() {
        return octets.length * 8;
    }

    /** Whether the first bits are the network's; an IPv4 address inside IPv6 counts as itself. */
    boolean in(IpAddress network, int length) {
        var own = octets.length == 16 && network.v4() && mapped() ? Arrays.copyOfRange(octets, 12, 16) : octets;
        if (own.length != network.octets.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((own[bit / 8] & mask) != (network.octets[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private boolean mapped() {
        for (int i = 0; i < 10; i++) {
            if (octets[i] != 0) {
                return false;
            }
        }
        return octets[10] == -1 && octets[11] == -1;
    }

    String reverseName() {
        var labels = new ArrayList<String>();
        for (byte octet : octets) {
            if (v4()) {
                labels.add(Integer.toString(octet & 0xff));
            } else {
                labels.add(Integer.toHexString((octet >> 4) & 0xf));
                labels.add(Integer.toHexString(octet & 0xf));
            }
        }
        return String.join(".", labels.reversed());
    }
}
