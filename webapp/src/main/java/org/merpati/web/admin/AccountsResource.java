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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.web.base.Access;
import org.merpati.web.base.JsonBody;
import org.merpati.web.base.Problem;
import org.merpati.web.base.PublicAddress;
import org.merpati.web.base.Server;

/** The people with mail here. Passwords go in and never come out; an administrator may set any that is not empty. */
@Path("/api/accounts")
@ApplicationScoped
public class AccountsResource {
    private static final int LONGEST_PASSWORD = 1000;

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
        var accounts = server.door()
                .call(services -> services.get(Accounts.class).list(of, page.after(), page.limit()))
                .orThrow();
        return page.response(
                "accounts",
                accounts,
                AccountsResource::toJson,
                account -> account.address().toString());
    }

    @POST
    public Response add(@Context HttpServletRequest request, InputStream in) throws IOException {
        access.administrator(request);
        var body = JsonBody.read(request, in);
        var address = AddressFields.address(body, "address");
        var name = AddressFields.name(body);
        var password = password(body);
        body.end();
        var hash = hash(password.orElseThrow());
        var addition = server.door()
                .call(services -> services.get(Accounts.class).add(address.orElseThrow(), name, hash))
                .orThrow();
        return switch (addition) {
            case Accounts.Addition.Added(var account) -> created(request, account);
            case Accounts.Addition.Taken taken ->
                throw Problem.field(409, "address", "is an account, an alias or a list here already");
            case Accounts.Addition.NoSuchDomain none -> throw Problem.field(422, "address", "is in no domain of ours");
        };
    }

    @GET
    @Path("{address}")
    public Response show(@Context HttpServletRequest request, @PathParam("address") String address) {
        access.administrator(request);
        var key = key(address);
        var account = server.door()
                .call(services -> services.get(Accounts.class).find(key))
                .orThrow()
                .orElseThrow(AccountsResource::notFound);
        return JsonBody.response(200, toJson(account)).build();
    }

    /** Removes the account, its aliases, and both from every list; housekeeping takes its mail away after the answer. */
    @DELETE
    @Path("{address}")
    public Response remove(@Context HttpServletRequest request, @PathParam("address") String address) {
        access.administrator(request);
        var key = key(address);
        var removal = server.door()
                .call(services -> services.get(Accounts.class).remove(key))
                .orThrow();
        return switch (removal) {
            case REMOVED -> Response.noContent().build();
            case NO_SUCH_ACCOUNT -> throw notFound();
            case IS_CATCH_ALL -> throw refusals.catchAll(key);
        };
    }

    @PUT
    @Path("{address}/password")
    public Response setPassword(
            @Context HttpServletRequest request, @PathParam("address") String address, InputStream in)
            throws IOException {
        access.administrator(request);
        var key = key(address);
        var body = JsonBody.read(request, in);
        var password = password(body);
        body.end();
        var hash = hash(password.orElseThrow());
        return doneOrNotFound(server.door()
                .call(services -> services.get(Accounts.class).setPassword(key, hash))
                .orThrow());
    }

    private Response created(HttpServletRequest request, Accounts.Account account) {
        var path = URLEncoder.encode(account.address().toString(), StandardCharsets.UTF_8);
        return JsonBody.response(201, toJson(account))
                .header(HttpHeaders.LOCATION, PublicAddress.of(request, server.config()) + "/api/accounts/" + path)
                .build();
    }

    /** Outside the door: it takes some 30 ms. */
    private PasswordHash hash(String password) {
        try (var secret = Secret.of(password)) {
            return server.passwords().hash(secret);
        }
    }

    private static Optional<String> password(JsonBody body) {
        var password = body.text("password", LONGEST_PASSWORD);
        if (password.isPresent() && password.get().isEmpty()) {
            body.wrong("password", "must not be empty");
        }
        return password;
    }

    private static EmailAddress key(String address) {
        return EmailAddress.parse(address).orElseThrow(AccountsResource::notFound);
    }

    private static Response doneOrNotFound(boolean done) {
        if (!done) {
            throw notFound();
        }
        return Response.noContent().build();
    }

    private static RuntimeException notFound() {
        return Problem.of(404, "There is no such account.");
    }

    private static ObjectNode toJson(Accounts.Account account) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", IdKind.ACCOUNT.id(account.id().value()))
                .put("address", account.address().toString())
                .put("name", account.name())
                .put("created", account.created().toString());
    }
}
