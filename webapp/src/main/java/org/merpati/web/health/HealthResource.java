package org.merpati.web.health;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Migrations;
import org.merpati.web.base.JsonBody;
import org.merpati.web.base.Server;

/** {@code /health/live} and {@code /health/ready}. */
@Path("/health")
@ApplicationScoped
public class HealthResource {
    @Inject
    Server server;

    /** Always so while anything answers. */
    @GET
    @Path("live")
    public Response live() {
        return status(200, "live");
    }

    /** Ready when the schema is there and the database answers. */
    @GET
    @Path("ready")
    public Response ready() {
        var outcome = server.door().call(services -> {
            services.get(Migrations.class).requireDone();
            return services.get(Accounts.class).hasAdministrator();
        });
        return outcome instanceof Outcome.Done<?> ? status(200, "ready") : status(503, "not ready");
    }

    private static Response status(int status, String word) {
        return JsonBody.response(status, JsonNodeFactory.instance.objectNode().put("status", word))
                .build();
    }
}
