package org.merpati.core.jmap.push;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.config.Network;

/**
 * Where pushes may go (RFC 8620 §7.2, §8.6): to HTTPS, and not into the network that the server stands in, whatever a name leads
 * to.
 */
final class PushAddress {
    /** Octets of an address. */
    static final int LONGEST = 2_000;

    /** What Java's own words for addresses leave out (RFC 6890). */
    private static final List<Network> SPECIAL = networks(
            "0.0.0.0/8, 100.64.0.0/10, 192.0.0.0/24, 192.0.2.0/24, 198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24, 240.0.0.0/4,"
                    + " 64:ff9b::/96, 100::/64, 2001::/23, 2001:db8::/32, 2002::/16, fc00::/7");

    private PushAddress() {}

    private static List<Network> networks(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(network -> Network.parse(network.strip()))
                .toList();
    }

    /** Empty for what is no address of a push service. */
    static Optional<URI> parse(String text) {
        try {
            var url = new URI(text);
            boolean good = text.length() <= LONGEST
                    && text.startsWith("https://")
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && url.getPort() != 0
                    && url.getPort() <= 65_535
                    && text.chars().allMatch(c -> c > ' ' && c < 127);
            return good ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether all that the host's name leads to is out in the world; looks it up. */
    static boolean isPublic(URI url) throws UnknownHostException {
        for (var address : InetAddress.getAllByName(url.getHost())) {
            if (!isPublic(address)) {
                return false;
            }
        }
        return true;
    }

    static boolean isPublic(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && SPECIAL.stream().noneMatch(network -> network.contains(address));
    }
}
