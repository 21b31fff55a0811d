package org.merpati.web.base;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Refuses what another site's page makes a browser send. There are no cookies, but a browser that remembers a Basic
 * password sends it along; what changes something also has to be JSON or needs a preflight, which nothing here answers.
 */
@Provider
@ApplicationScoped
public class CrossSite implements ContainerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    public void filter(ContainerRequestContext request) {
        var site = request.getHeaderString("Sec-Fetch-Site");
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
        if (foreign && !SAFE.contains(request.getMethod())) {
            request.abortWith(new Problem(403, "Requests from other sites' pages are not taken.")
                    .toResponse()
                    .build());
        }
    }
}
