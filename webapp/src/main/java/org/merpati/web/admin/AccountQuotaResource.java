package org.merpati.web.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Quotas;
import org.merpati.web.base.Access;
import org.merpati.web.base.JsonBody;
import org.merpati.web.base.Problem;
import org.merpati.web.base.Server;

/** How much mail an account has and may have. */
@Path("/api/accounts/{address}/quota")
@ApplicationScoped
public class AccountQuotaResource {
    @Inject
    Server server;

    @Inject
    Access access;

    @GET
    public Response show(@Context HttpServletRequest request, @PathParam("address") String address) {
        access.administrator(request);
        var key = AddressFields.key(address, "account");
        var usage = server.door()
                .call(services -> services.get(Accounts.class)
                        .find(key)
                        .flatMap(account -> services.get(Quotas.class).account(account.id())))
                .orThrow()
                .orElseThrow(AccountQuotaResource::notFound);
        return JsonBody.response(200, QuotaJson.toJson(usage)).build();
    }

    /** Sets both limits: one that is left out or null is none. */
    @PUT
    public Response set(@Context HttpServletRequest request, @PathParam("address") String address, InputStream in)
            throws IOException {
        access.administrator(request);
        var key = AddressFields.key(address, "account");
        var limits = QuotaJson.read(request, in);
        if (!server.door()
                .call(services -> services.get(Quotas.class).limitAccount(key, limits))
                .orThrow()) {
            throw notFound();
        }
        return Response.noContent().build();
    }

    private static RuntimeException notFound() {
        return Problem.of(404, "There is no such account.");
    }
}
