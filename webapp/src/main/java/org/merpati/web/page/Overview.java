package org.merpati.web.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Setting;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.session.ListenerInfo;
import org.merpati.web.base.Home;
import org.merpati.web.base.Peer;
import org.merpati.web.base.PublicAddress;
import org.merpati.web.base.Server;

/**
 * What the page says of this server. Ports are no secret, they can be scanned; the addresses behind them are shown to
 * loopback only.
 */
final class Overview {
    private static final Map<String, String> PURPOSE = Map.of(
            "smtp", "mail from other servers",
            "imap", "reading mail, without TLS",
            "imaps", "reading mail",
            "http", "JMAP, administration, this page, without TLS",
            "https", "JMAP, administration, this page");

    private final Server server;
    private final HttpServletRequest request;
    private final boolean local;
    private final boolean configured;
    private final List<ListenerInfo> listeners;

    Overview(Server server, HttpServletRequest request) {
        this.server = server;
        this.request = request;
        this.local = Peer.isLoopback(request);
        var known = server.listeners();
        this.configured = known.isEmpty();
        this.listeners = withHttp(known.isPresent() ? known.get().open() : configured(server.config()));
    }

    /** Everything that the template has a hole for. */
    Map<String, String> values() {
        var host = host();
        var web = PublicAddress.of(request, server.config()).toString();
        var base = port("https").map(port -> "https://" + host + ":" + port).orElse(web);
        var values = new LinkedHashMap<String, String>();
        values.put("version", Template.escape(server.version()));
        values.put("home", Template.escape(home()));
        values.put("listeners", rows());
        values.put(
                "listeners-note",
                configured ? "As the settings say; this home does not tell what is open." : "These are open now.");
        values.put("base", Template.escape(base));
        values.put("smtp", Template.escape("smtp://" + host + ":" + port("smtp").orElse(25)));
        values.put(
                "imaps", Template.escape("imaps://" + host + ":" + port("imaps").orElse(993)));
        return values;
    }

    private String home() {
        var home = Home.of(request);
        return home == Home.EMBEDDED ? "on its own" : "in " + home.label();
    }

    private String rows() {
        var rows = new StringBuilder();
        for (var listener : listeners) {
            var where = local && !configured
                    ? bracketed(listener.address()) + ":" + listener.port()
                    : "port " + listener.port();
            rows.append("<tr><th scope=\"row\">")
                    .append(Template.escape(listener.name()))
                    .append("</th><td><code>")
                    .append(Template.escape(where))
                    .append("</code></td><td>")
                    .append(tls(listener.tls()))
                    .append("</td><td>")
                    .append(Template.escape(PURPOSE.getOrDefault(listener.name(), "")))
                    .append("</td></tr>\n");
        }
        return rows.toString();
    }

    private static String tls(String tls) {
        return switch (tls) {
            case "implicit" -> "<span class=\"tls\">TLS</span>";
            case "starttls" -> "<span class=\"tls\">STARTTLS</span>";
            default -> "<span class=\"plain\">none</span>";
        };
    }

    /** In a container the listener that this request came through is all that is known of HTTP. */
    private List<ListenerInfo> withHttp(List<ListenerInfo> known) {
        var name = request.isSecure() ? "https" : "http";
        var all = new ArrayList<>(known);
        if (known.stream().noneMatch(listener -> listener.name().startsWith("http"))) {
            all.add(new ListenerInfo(
                    name, request.getLocalAddr(), request.getLocalPort(), request.isSecure() ? "implicit" : "none"));
        }
        return all;
    }

    private static List<ListenerInfo> configured(Config config) {
        var address = config.get(Settings.BIND).getFirst();
        Map<Setting<Integer>, String> ports = new LinkedHashMap<>();
        ports.put(Settings.SMTP_PORT, "none");
        ports.put(Settings.IMAP_PORT, "none");
        ports.put(Settings.IMAPS_PORT, "implicit");
        return ports.entrySet().stream()
                .map(entry -> new ListenerInfo(
                        entry.getKey().name().replace(".port", ""),
                        address,
                        config.get(entry.getKey()),
                        entry.getValue()))
                .toList();
    }

    /** Where a reader's curl reaches this server; never what a Host header claims. */
    private String host() {
        if (local) {
            return "127.0.0.1";
        }
        return server.config()
                .get(Settings.HTTP_PUBLIC_URL)
                .map(url -> url.getHost())
                .orElse(server.config().get(Settings.HOSTNAME));
    }

    private Optional<Integer> port(String name) {
        return listeners.stream()
                .filter(listener -> listener.name().equals(name))
                .map(ListenerInfo::port)
                .findFirst();
    }

    private static String bracketed(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
