package org.merpati.web.base;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a request comes from, as the container's socket says. */
public final class Peer {
    private static final Pattern LITERAL =
            Pattern.compile("[0-9.]{7,15}|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%[^\\]]*)?]?");

    private Peer() {}

    public static boolean isLoopback(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr());
    }

    /** Whether this is the literal of a loopback address, or {@code localhost}; names are never looked up. */
    public static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || literal(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    private static Optional<InetAddress> literal(String host) {
        if (!LITERAL.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
