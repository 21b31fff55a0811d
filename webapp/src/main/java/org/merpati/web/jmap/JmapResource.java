package org.merpati.web.jmap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.jmap.Limits;
import org.merpati.lib.jmap.JmapResponse;
import org.merpati.lib.jmap.RequestError;
import org.merpati.lib.jmap.RequestException;
import org.merpati.lib.jmap.ResponseWriter;
import org.merpati.web.base.Access;
import org.merpati.web.base.JsonBody;
import org.merpati.web.base.Problem;
import org.merpati.web.base.PublicAddress;
import org.merpati.web.base.Server;

/** The session and the API (RFC 8620 §2, §3.1). */
@Path("/jmap")
@ApplicationScoped
public class JmapResource {
    private static final int BLOCK = 16 * 1024;

    @Inject
    Server server;

    @Inject
    Access access;

    @GET
    @Path("session")
    public Response session(@Context HttpServletRequest request) {
        return session(request, server, access);
    }

    static Response session(HttpServletRequest request, Server server, Access access) {
        var caller = access.signedIn(request);
        var session = server.jmap().session(caller, PublicAddress.of(request, server.config()));
        return JsonBody.response(200, session.json()).build();
    }

    @POST
    @Path("api")
    public Response api(@Context HttpServletRequest request, InputStream body) throws IOException, RequestException {
        var caller = access.signedIn(request);
        if (!JsonBody.isJson(request)) {
            throw new RequestException(new RequestError.NotJson("The request's type must be application/json."));
        }
        var response = run(body, caller, PublicAddress.of(request, server.config()));
        StreamingOutput written = out -> {
            try (response) {
                ResponseWriter.write(response, out);
            }
        };
        return Response.ok(written, "application/json").build();
    }

    /** A client that is still sending would lose why it was refused with its connection: so what is left is read. */
    private JmapResponse run(InputStream body, Principal caller, URI base) throws IOException, RequestException {
        try {
            return server.jmap().run(body, caller, base);
        } catch (RequestException e) {
            var block = new byte[BLOCK];
            long left = Limits.SIZE_REQUEST;
            for (int n = body.read(block); n > 0 && left > 0; n = body.read(block)) {
                left -= n;
            }
            throw e;
        }
    }

    /** RFC 8620 §6.1. Another account is not found, as one that never was. */
    @POST
    @Path("upload/{accountId}")
    public Response upload(
            @Context HttpServletRequest request, @PathParam("accountId") String accountId, InputStream body)
            throws IOException, RequestException {
        var caller = access.signedIn(request);
        var type = request.getContentType();
        var uploaded = server.jmap()
                .upload(
                        caller,
                        accountId,
                        type == null ? "application/octet-stream" : type,
                        request.getContentLengthLong(),
                        body)
                .orElseThrow(() -> Problem.of(404, "There is no such account."));
        return JsonBody.response(201, uploaded).build();
    }
}
