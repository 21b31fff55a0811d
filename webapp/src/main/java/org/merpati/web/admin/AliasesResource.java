package org.merpati.web.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Addresses;
import org.merpati.web.base.Access;
import org.merpati.web.base.JsonBody;
import org.merpati.web.base.Problem;
import org.merpati.web.base.PublicAddress;
import org.merpati.web.base.Server;

/** Other addresses of accounts. */
@Path("/api/aliases")
@ApplicationScoped
public class AliasesResource {
    private static final String ALIAS = "alias";

    @Inject
    Server server;

    @Inject
    Access access;

    @Inject
    Refusals refusals;

    @GET
    public Response list(
            @Context HttpServletRequest request,
            @QueryParam("domain") @Nullable String domain,
            @QueryParam("account") @Nullable String account,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        access.administrator(request);
        var page = Paging.of(after, limit);
        var in = AddressFields.domain(domain);
        var of = account == null || account.isEmpty()
                ? ""
                : EmailAddress.parse(account)
                        .orElseThrow(() -> Problem.field(400, "account", "must be an address, name@domain"))
                        .toString();
        var aliases = server.door()
                .call(services -> services.get(Addresses.class).aliases(in, of, page.after(), page.limit()))
                .orThrow();
        return page.response(
                "aliases",
                aliases,
                AliasesResource::toJson,
                alias -> alias.address().toString());
    }

    @POST
    public Response add(@Context HttpServletRequest request, InputStream in) throws IOException {
        access.administrator(request);
        var body = JsonBody.read(request, in);
        var address = AddressFields.address(body, "address");
        var account = AddressFields.address(body, "account");
        body.end();
        var key = address.orElseThrow();
        var refusal = server.door()
                .call(services -> services.get(Addresses.class).addAlias(key, account.orElseThrow()))
                .orThrow();
        if (refusal.isPresent()) {
            throw refusals.problem(refusal.get(), key, ALIAS);
        }
        return JsonBody.response(201, toJson(find(key)))
                .header(
                        HttpHeaders.LOCATION,
                        PublicAddress.of(request, server.config()) + "/api/aliases/" + AddressFields.segment(key))
                .build();
    }

    @GET
    @Path("{address}")
    public Response show(@Context HttpServletRequest request, @PathParam("address") String address) {
        access.administrator(request);
        return JsonBody.response(200, toJson(find(AddressFields.key(address, ALIAS))))
                .build();
    }

    @DELETE
    @Path("{address}")
    public Response remove(@Context HttpServletRequest request, @PathParam("address") String address) {
        access.administrator(request);
        var key = AddressFields.key(address, ALIAS);
        var refusal = server.door()
                .call(services -> services.get(Addresses.class).removeAlias(key))
                .orThrow();
        return refusals.doneOr(refusal, key, ALIAS);
    }

    private Addresses.Alias find(EmailAddress key) {
        return server.door()
                .call(services -> services.get(Addresses.class).alias(key))
                .orThrow()
                .orElseThrow(() -> Problem.of(404, "There is no such alias."));
    }

    private static ObjectNode toJson(Addresses.Alias alias) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("address", alias.address().toString())
                .put("account", alias.account().toString())
                .put("created", alias.created().toString());
    }
}
