package org.merpati.web.base;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/** Headers of every response; a resource that has set one itself keeps it. */
@Provider
@ApplicationScoped
public class SecurityHeaders implements ContainerResponseFilter {
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        set(response, "Content-Security-Policy", POLICY);
        set(response, "X-Content-Type-Options", "nosniff");
        set(response, "Referrer-Policy", "no-referrer");
        set(response, "Cross-Origin-Resource-Policy", "same-origin");
        set(response, "Cache-Control", "no-cache, no-store, must-revalidate"); // RFC 8620 §2
    }

    private static void set(ContainerResponseContext response, String name, String value) {
        if (!response.getHeaders().containsKey(name)) {
            response.getHeaders().putSingle(name, value);
        }
    }
}
