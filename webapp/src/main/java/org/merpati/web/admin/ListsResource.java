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

/** Addresses that stand for several others here. */
@Path("/api/lists")
@ApplicationScoped
public class ListsResource {
    private static final String LIST = "list";

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
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        access.administrator(request);
        var page = Paging.of(after, limit);
        var of = AddressFields.domain(domain);
        var lists = server.door()
                .call(services -> services.get(Addresses.class).lists(of, page.after(), page.limit()))
                .orThrow();
        return page.response(
                "lists", lists, ListsResource::toJson, list -> list.address().toString());
    }

    @POST
    public Response add(@Context HttpServletRequest request, InputStream in) throws IOException {
        access.administrator(request);
        var body = JsonBody.read(request, in);
        var address = AddressFields.address(body, "address");
        var name = AddressFields.name(body);
        body.end();
        var key = address.orElseThrow();
        var refusal = server.door()
                .call(services -> services.get(Addresses.class).addList(key, name))
                .orThrow();
        if (refusal.isPresent()) {
            throw refusals.problem(refusal.get(), key, LIST);
        }
        return JsonBody.response(201, toJson(find(key)))
                .header(
                        HttpHeaders.LOCATION,
                        PublicAddress.of(request, server.config()) + "/api/lists/" + AddressFields.segment(key))
                .build();
    }

    @GET
    @Path("{address}")
    public Response show(@Context HttpServletRequest request, @PathParam("address") String address) {
        access.administrator(request);
        return JsonBody.response(200, toJson(find(AddressFields.key(address, LIST))))
                .build();
    }

    @DELETE
    @Path("{address}")
    public Response remove(@Context HttpServletRequest request, @PathParam("address") String address) {
        access.administrator(request);
        var key = AddressFields.key(address, LIST);
        var refusal = server.door()
                .call(services -> services.get(Addresses.class).removeList(key))
                .orThrow();
        return refusals.doneOr(refusal, key, LIST);
    }

    private Addresses.MailList find(EmailAddress key) {
        return server.door()
                .call(services -> services.get(Addresses.class).list(key))
                .orThrow()
                .orElseThrow(() -> Problem.of(404, "There is no such list."));
    }

    private static ObjectNode toJson(Addresses.MailList list) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("address", list.address().toString())
                .put("name", list.name())
                .put("created", list.created().toString())
                .put("members", list.members());
    }
}
