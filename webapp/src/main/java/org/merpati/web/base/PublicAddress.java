package org.merpati.web.base;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;

/**
 * The base of the absolute addresses that clients are handed: {@code http.public-url} where it is set; else the address
 * that the request named, if that is loopback; else the configured host name and the port that the request came to. The
 * Host header is a stranger's word, and a client sends its password to what it is handed here.
 */
public final class PublicAddress {
    private PublicAddress() {}

    /** Without a slash at its end. */
    public static URI of(HttpServletRequest request, Config config) {
        var configured = config.get(Settings.HTTP_PUBLIC_URL);
        if (configured.isPresent()) {
            return configured.get();
        }
        boolean loopback = Peer.isLoopback(request.getServerName());
        var host = loopback ? bracketed(request.getServerName()) : config.get(Settings.HOSTNAME);
        int port = loopback ? request.getServerPort() : request.getLocalPort();
        var scheme = request.isSecure() ? "https" : "http";
        boolean usual = port == (request.isSecure() ? 443 : 80);
        return URI.create(scheme + "://" + host + (usual ? "" : ":" + port) + request.getContextPath());
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
