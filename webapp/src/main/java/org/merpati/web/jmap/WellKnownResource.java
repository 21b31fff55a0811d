package org.merpati.web.jmap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.merpati.web.base.Access;
import org.merpati.web.base.Server;

/** Where a client finds the session from a host name alone (RFC 8620 §2.2, RFC 8615). */
@Path("/.well-known/jmap")
@ApplicationScoped
public class WellKnownResource {
    @Inject
    Server server;

    @Inject
    Access access;

    @GET
    public Response session(@Context HttpServletRequest request) {
        return JmapResource.session(request, server, access);
    }
}
