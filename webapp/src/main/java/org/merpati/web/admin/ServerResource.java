package org.merpati.web.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.merpati.web.base.Access;
import org.merpati.web.base.Home;
import org.merpati.web.base.JsonBody;
import org.merpati.web.base.Server;

/** The server itself, and the description of this interface. */
@Path("/api")
@ApplicationScoped
public class ServerResource {
    @Inject
    Server server;

    @Inject
    Access access;

    @GET
    @Path("server")
    public Response show(@Context HttpServletRequest request) {
        access.administrator(request);
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", "Merpati");
        json.put("version", server.version());
        json.put("home", Home.of(request).label());
        json.put("container", request.getServletContext().getServerInfo());
        json.put("java", Runtime.version().toString());
        json.put("uptimeSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000); // of the process
        var listeners = json.putArray("listeners");
        server.listeners()
                .ifPresent(known -> known.open()
                        .forEach(listener -> listeners
                                .addObject()
                                .put("name", listener.name())
                                .put("address", listener.address())
                                .put("port", listener.port())
                                .put("tls", listener.tls())));
        return JsonBody.response(200, json).build();
    }

    /** For everybody: it says what could be asked, not what is there. */
    @GET
    @Path("openapi.json")
    public Response openApi() throws IOException {
        try (var in = ServerResource.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not in the archive");
            }
            return Response.ok(in.readAllBytes(), "application/json")
                    .header("Cache-Control", "no-cache")
                    .build();
        }
    }
}
