package org.merpati.web.base;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/** Headers of every response; a resource that has set one itself keeps it. */
@Provider
@ApplicationScoped
public class SecurityHeaders implements ContainerResponseFilter {
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy",
            POLICY,
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-cache, no-store, must-revalidate"); // RFC 8620 §2

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        ALL.forEach((name, value) -> set(response, name, value));
    }

    /** By name; for what answers without the resources. */
    public static Map<String, String> all() {
        return ALL;
    }

    private static void set(ContainerResponseContext response, String name, String value) {
        if (!response.getHeaders().containsKey(name)) {
            response.getHeaders().putSingle(name, value);
        }
    }
}
