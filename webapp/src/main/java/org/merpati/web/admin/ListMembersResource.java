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
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.core.store.Addresses;
import org.merpati.web.base.Access;
import org.merpati.web.base.JsonBody;
import org.merpati.web.base.Problem;
import org.merpati.web.base.Server;

/** Who is in a list. */
@Path("/api/lists/{address}/members")
@ApplicationScoped
public class ListMembersResource {
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
            @PathParam("address") String address,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        access.administrator(request);
        var page = Paging.of(after, limit);
        var list = AddressFields.key(address, LIST);
        var members = server.door()
                .call(services -> services.get(Addresses.class).list(list).isEmpty()
                        ? Optional.<List<Addresses.Member>>empty()
                        : Optional.of(services.get(Addresses.class).members(list, page.after(), page.limit())))
                .orThrow()
                .orElseThrow(() -> Problem.of(404, "There is no such list."));
        return page.response(
                "members",
                members,
                ListMembersResource::toJson,
                member -> member.address().toString());
    }

    @POST
    public Response add(@Context HttpServletRequest request, @PathParam("address") String address, InputStream in)
            throws IOException {
        access.administrator(request);
        var list = AddressFields.key(address, LIST);
        var body = JsonBody.read(request, in);
        var member = AddressFields.address(body, "address");
        body.end();
        var key = member.orElseThrow();
        var refusal = server.door()
                .call(services -> services.get(Addresses.class).addMember(list, key))
                .orThrow();
        return refusals.doneOr(refusal, key, LIST);
    }

    @DELETE
    @Path("{member}")
    public Response remove(
            @Context HttpServletRequest request,
            @PathParam("address") String address,
            @PathParam("member") String member) {
        access.administrator(request);
        var list = AddressFields.key(address, LIST);
        var key = AddressFields.key(member, "member");
        var refusal = server.door()
                .call(services -> services.get(Addresses.class).removeMember(list, key))
                .orThrow();
        return refusals.doneOr(refusal, key, "member of this list");
    }

    private static ObjectNode toJson(Addresses.Member member) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("address", member.address().toString())
                .put("kind", member.kind().name().toLowerCase(Locale.ROOT));
    }
}
