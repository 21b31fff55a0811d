package org.merpati.web.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Domains;
import org.merpati.web.base.Access;
import org.merpati.web.base.JsonBody;
import org.merpati.web.base.Problem;
import org.merpati.web.base.PublicAddress;
import org.merpati.web.base.Server;

/** The domains that mail is taken for. */
@Path("/api/domains")
@ApplicationScoped
public class DomainsResource {
    @Inject
    Server server;

    @Inject
    Access access;

    @GET
    public Response list(
            @Context HttpServletRequest request,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        access.administrator(request);
        var page = Paging.of(after, limit);
        var domains = server.door()
                .call(services -> services.get(Domains.class).list(page.after(), page.limit()))
                .orThrow();
        return page.response("domains", domains, DomainsResource::toJson, Domains.Domain::name);
    }

    @POST
    public Response add(@Context HttpServletRequest request, InputStream in) throws IOException {
        access.administrator(request);
        var body = JsonBody.read(request, in);
        var name = body.text("name", 253).flatMap(text -> {
            var key = EmailAddress.domainKey(text);
            if (key.isEmpty()) {
                body.wrong("name", "must be a domain name");
            }
            return key;
        });
        body.end();
        var added = server.door()
                .call(services -> services.get(Domains.class).add(name.orElseThrow()))
                .orThrow()
                .orElseThrow(() -> Problem.field(409, "name", "is a domain here already"));
        return JsonBody.response(201, toJson(added))
                .header(
                        HttpHeaders.LOCATION,
                        PublicAddress.of(request, server.config()) + "/api/domains/" + added.name())
                .build();
    }

    @GET
    @Path("{name}")
    public Response show(@Context HttpServletRequest request, @PathParam("name") String name) {
        access.administrator(request);
        var key = key(name);
        var domain = server.door()
                .call(services -> services.get(Domains.class).find(key))
                .orThrow()
                .orElseThrow(DomainsResource::notFound);
        return JsonBody.response(200, toJson(domain)).build();
    }

    @DELETE
    @Path("{name}")
    public Response remove(@Context HttpServletRequest request, @PathParam("name") String name) {
        access.administrator(request);
        var key = key(name);
        var removal = server.door()
                .call(services -> services.get(Domains.class).remove(key))
                .orThrow();
        return switch (removal) {
            case REMOVED -> Response.noContent().build();
            case NO_SUCH_DOMAIN -> throw notFound();
            case HAS_ACCOUNTS -> throw Problem.of(409, "The domain has accounts; remove them first.");
            case HAS_ADDRESSES -> throw Problem.of(409, "The domain has aliases or lists; remove them first.");
        };
    }

    @PUT
    @Path("{name}/subaddressing")
    public Response setSubaddressing(
            @Context HttpServletRequest request, @PathParam("name") String name, InputStream in) throws IOException {
        access.administrator(request);
        var key = key(name);
        var body = JsonBody.read(request, in);
        var on = body.flag("on");
        body.end();
        if (!server.door()
                .call(services -> services.get(Domains.class).setSubaddressing(key, on.orElseThrow()))
                .orThrow()) {
            throw notFound();
        }
        return Response.noContent().build();
    }

    @PUT
    @Path("{name}/catch-all")
    public Response setCatchAll(@Context HttpServletRequest request, @PathParam("name") String name, InputStream in)
            throws IOException {
        access.administrator(request);
        var key = key(name);
        var body = JsonBody.read(request, in);
        var address = AddressFields.address(body, "address");
        body.end();
        return catchAll(key, address);
    }

    @DELETE
    @Path("{name}/catch-all")
    public Response removeCatchAll(@Context HttpServletRequest request, @PathParam("name") String name) {
        access.administrator(request);
        return catchAll(key(name), Optional.empty());
    }

    private Response catchAll(String domain, Optional<EmailAddress> address) {
        var outcome = server.door()
                .call(services -> services.get(Domains.class).setCatchAll(domain, address))
                .orThrow();
        return switch (outcome) {
            case SET -> Response.noContent().build();
            case NO_SUCH_DOMAIN -> throw notFound();
            case NO_SUCH_ADDRESS -> throw Problem.field(422, "address", "is no account, alias or list here");
        };
    }

    private static String key(String name) {
        return EmailAddress.domainKey(name).orElseThrow(DomainsResource::notFound);
    }

    private static RuntimeException notFound() {
        return Problem.of(404, "There is no such domain.");
    }

    private static ObjectNode toJson(Domains.Domain domain) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", domain.name())
                .put("created", domain.created().toString())
                .put("accounts", domain.accounts())
                .put("subaddressing", domain.subaddressing())
                .put("catchAll", domain.catchAll().map(EmailAddress::toString).orElse(null));
    }
}
