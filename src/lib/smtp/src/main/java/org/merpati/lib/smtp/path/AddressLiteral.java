package org.merpati.lib.smtp.path;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What may stand between the brackets (RFC 5321 §4.1.3). Never asks the DNS. */
final class AddressLiteral {
    private static final Pattern GENERAL = Pattern.compile("[A-Za-z0-9-]*[A-Za-z0-9]:[!-Z^-~]+");

    private AddressLiteral() {}

    static Optional<MailDomain.Literal> parse(String text) {
        if (text.regionMatches(true, 0, "IPv6:", 0, 5)) {
            return ipv6(text.substring(5)).map(octets -> literal(text, octets));
        }
        var ipv4 = ipv4(text);
        if (ipv4.isPresent()) {
            return Optional.of(literal(text, ipv4.get()));
        }
        return GENERAL.matcher(text).matches()
                ? Optional.of(new MailDomain.Literal(text, Optional.empty()))
                : Optional.empty();
    }

    private static MailDomain.Literal literal(String text, byte[] octets) {
        try {
            return new MailDomain.Literal(text, Optional.of(InetAddress.getByAddress(octets)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 octets are an address", e);
        }
    }

    /** IPv4-address-literal. */
    private static Optional<byte[]> ipv4(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        var octets = new byte[4];
        for (int i = 0; i < 4; i++) {
            boolean digits = !parts[i].isEmpty()
                    && parts[i].length() <= 3
                    && parts[i].chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || Integer.parseInt(parts[i]) > 255) {
                return Optional.empty();
            }
            octets[i] = (byte) Integer.parseInt(parts[i]);
        }
        return Optional.of(octets);
    }

    /** IPv6-addr. */
    private static Optional<byte[]> ipv6(String text) {
        int gap = text.indexOf("::");
        var head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        var tail = gap < 0 ? Optional.of(List.<Integer>of()) : groups(text.substring(gap + 2), true);
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int given = head.get().size() + tail.get().size();
        if (gap < 0 ? given != 8 : given > 6) { // "::" stands for two groups at least
            return Optional.empty();
        }
        var octets = new byte[16];
        for (int i = 0; i < head.get().size(); i++) {
            put(octets, i, head.get().get(i));
        }
        for (int i = 0; i < tail.get().size(); i++) {
            put(octets, 8 - tail.get().size() + i, tail.get().get(i));
        }
        return Optional.of(octets);
    }

    private static void put(byte[] octets, int group, int value) {
        octets[2 * group] = (byte) (value >> 8);
        octets[2 * group + 1] = (byte) value;
    }

    /** Groups of up to four hexadecimal digits; the last may be an IPv4 address, which is two. */
    private static Optional<List<Integer>> groups(String text, boolean last) {
        var groups = new ArrayList<Integer>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        var parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            var part = parts[i];
            if (last && i == parts.length - 1 && part.indexOf('.') >= 0) {
                var ipv4 = ipv4(part);
                if (ipv4.isEmpty()) {
                    return Optional.empty();
                }
                var octets = ipv4.get();
                groups.add((octets[0] & 0xff) << 8 | (octets[1] & 0xff));
                groups.add((octets[2] & 0xff) << 8 | (octets[3] & 0xff));
            } else if (part.isEmpty()
                    || part.length() > 4
                    || !part.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0)) {
                return Optional.empty();
            } else {
                groups.add(Integer.parseInt(part, 16));
            }
        }
        return Optional.of(groups);
    }
}
