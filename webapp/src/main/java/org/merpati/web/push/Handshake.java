package org.merpati.web.push;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.merpati.web.base.Problem;
import org.merpati.web.base.ProblemException;

/** The opening handshake as a server sees it (RFC 6455 §4.2.1). */
final class Handshake {
    private static final String VERSION = "13";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]=="); // 16 octets

    private Handshake() {}

    /**
     * Throws a problem when this is no handshake for JMAP, or comes from another site's page: a browser would send its user's
     * password along.
     */
    static void check(HttpServletRequest request, URI base) {
        if (!names(request, "Upgrade", "websocket") || !names(request, "Connection", "upgrade")) {
            throw upgrade("This address takes WebSocket handshakes.");
        }
        if (!VERSION.equals(request.getHeader("Sec-WebSocket-Version"))) {
            throw upgrade("The WebSocket version is 13.");
        }
        var key = request.getHeader("Sec-WebSocket-Key");
        if (key == null || !KEY.matcher(key.strip()).matches()) {
            throw Problem.of(400, "Sec-WebSocket-Key is no key.");
        }
        if (!names(request, "Sec-WebSocket-Protocol", WebSockets.SUBPROTOCOL)) {
            throw Problem.of(400, "The one subprotocol here is jmap.");
        }
        var origin = request.getHeader("Origin");
        if (origin != null && !origin.equalsIgnoreCase(base.getScheme() + "://" + base.getAuthority())) {
            throw Problem.of(403, "Connections from other sites' pages are not taken.");
        }
    }

    private static ProblemException upgrade(String why) {
        return new ProblemException(
                new Problem(426, why),
                Map.of("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Version", VERSION));
    }

    private static boolean names(HttpServletRequest request, String header, String wanted) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .anyMatch(token -> token.strip().toLowerCase(Locale.ROOT).equals(wanted));
    }
}
