package org.merpati.lib.expression;

import java.util.Optional;
import org.merpati.lib.expression.Value.Items;

/** Functions on addresses of mail and of the Internet. */
final class AddressFunctions {
    private static final int LOCAL = 64; // RFC 5321 §4.5.3.1.1
    private static final int DOMAIN = 255; // RFC 5321 §4.5.3.1.2

    private AddressFunctions() {}

    /** A dot-string, or a quoted one, and a domain of letters, digits, hyphens and dots, in any script (RFC 5321 §4.1.2). */
    static Value isEmail(Arguments a) {
        var text = a.text(0);
        int at = text.lastIndexOf('@');
        return Value.of(at > 0 && local(text.substring(0, at)) && domain(text.substring(at + 1)));
    }

    private static boolean local(String local) {
        if (local.length() > LOCAL) {
            return false;
        }
        if (local.length() > 2 && local.startsWith("\"") && local.endsWith("\"")) {
            var inner = local.substring(1, local.length() - 1).replaceAll("\\\\.", "");
            return inner.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\' && c != 0x7f);
        }
        return !local.startsWith(".")
                && !local.endsWith(".")
                && !local.contains("..")
                && local.chars().allMatch(c -> c > ' ' && c != 0x7f && "()<>[]:;@\\,\"".indexOf(c) < 0);
    }

    private static boolean domain(String domain) {
        if (domain.isEmpty() || domain.length() > DOMAIN) {
            return false;
        }
        for (var label : domain.split("\\.", -1)) {
            if (label.isEmpty()
                    || label.length() > 63
                    || label.startsWith("-")
                    || label.endsWith("-")
                    || !label.codePoints().allMatch(c -> c == '-' || Character.isLetterOrDigit(c) || c > 0x7f)) {
                return false;
            }
        }
        return true;
    }

    /** What is before or after the last @; the empty text where there is none. */
    static Value emailPart(Arguments a) {
        var text = a.text(0);
        int at = text.lastIndexOf('@');
        return switch (a.text(1)) {
            case "local" -> a.made(at < 0 ? "" : text.substring(0, at));
            case "domain" -> a.made(at < 0 ? "" : text.substring(at + 1));
            default -> throw a.wrong(1, "'local' or 'domain'");
        };
    }

    static Value isIp(Arguments a) {
        return Value.of(ip(a, 0).isPresent());
    }

    static Value isIpv4(Arguments a) {
        return Value.of(ip(a, 0).filter(IpAddress::v4).isPresent());
    }

    static Value isIpv6(Arguments a) {
        return Value.of(ip(a, 0).filter(address -> !address.v4()).isPresent());
    }

    private static Optional<IpAddress> ip(Arguments a, int index) {
        return a.value(index) instanceof Items ? Optional.empty() : IpAddress.parse(a.text(index));
    }

    /** {@code address/bits}, or a list of those; an address alone is one of all its bits. */
    static Value isIpInCidr(Arguments a) {
        var address = ip(a, 0);
        if (a.value(1) instanceof Items) {
            boolean in = false;
            for (var each : a.items(1)) {
                in |= in(a, address, each.toString());
            }
            return Value.of(in);
        }
        return Value.of(in(a, address, a.text(1)));
    }

    private static boolean in(Arguments a, Optional<IpAddress> address, String cidr) {
        int slash = cidr.indexOf('/');
        var network = IpAddress.parse(slash < 0 ? cidr : cidr.substring(0, slash));
        var bits = slash < 0 ? "" : cidr.substring(slash + 1);
        if (network.isEmpty() || (slash >= 0 && !bits.matches("[0-9]{1,3}"))) {
            throw a.wrong(1, "a network such as 192.0.2.0/24");
        }
        int length = bits.isEmpty() ? network.get().bits() : Integer.parseInt(bits);
        if (length > network.get().bits()) {
            throw a.wrong(1, "a network such as 192.0.2.0/24");
        }
        return address.isPresent() && address.get().in(network.get(), length);
    }

    /** {@code 1.2.0.192} of 192.0.2.1: what is asked of lists in the DNS; the empty text of what is no address. */
    static Value ipReverseName(Arguments a) {
        return a.made(ip(a, 0).map(IpAddress::reverseName).orElse(""));
    }
}
