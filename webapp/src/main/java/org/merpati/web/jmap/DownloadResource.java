package org.merpati.web.jmap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.Octets;
import org.merpati.web.base.Access;
import org.merpati.web.base.Problem;
import org.merpati.web.base.Server;

/**
 * Downloads (RFC 8620 §6.2). What comes out is a stranger's bytes under a type that the address names, so a browser is
 * told to save it, not to guess, and to run nothing of it. Another account's blob is not found, as one that never was. A part
 * of it may be asked for (RFC 9110 §14).
 */
@Path("/jmap/download/{accountId}/{blobId}/{name}")
@ApplicationScoped
public class DownloadResource {
    private static final String TOKEN = "[A-Za-z0-9!#$&^_.+-]{1,127}"; // RFC 6838 §4.2 restricted-name
    private static final Pattern MEDIA_TYPE =
            Pattern.compile(TOKEN + "/" + TOKEN + "(; ?charset=[A-Za-z0-9_.:-]{1,40})?");

    @Inject
    Server server;

    @Inject
    Access access;

    @GET
    public Response download(
            @Context HttpServletRequest request,
            @PathParam("accountId") String accountId,
            @PathParam("blobId") String blobId,
            @PathParam("name") String name,
            @QueryParam("type") @Nullable String type)
            throws IOException {
        var caller = access.signedIn(request);
        var octets = server.jmap()
                .download(caller, accountId, blobId)
                .orElseThrow(() -> Problem.of(404, "There is no such blob in this account."));
        var tag = "\"" + blobId + "\"";
        if (tag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            return headers(Response.status(304), tag).build();
        }
        var ifRange = request.getHeader("If-Range");
        var range =
                ByteRange.of(ifRange == null || ifRange.equals(tag) ? request.getHeader("Range") : null, octets.size());
        if (range.isUnsatisfiable()) {
            return headers(Response.status(416), tag)
                    .header("Content-Range", "bytes */" + octets.size())
                    .build();
        }
        var response = headers(Response.status(range.isWhole() ? 200 : 206), tag)
                .entity(bytes(octets, range))
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.CONTENT_TYPE, mediaType(type))
                .header(HttpHeaders.CONTENT_LENGTH, range.length())
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment(name));
        if (!range.isWhole()) {
            response.header("Content-Range", "bytes " + range.from() + "-" + (range.to() - 1) + "/" + octets.size());
        }
        return response.build();
    }

    private static Response.ResponseBuilder headers(Response.ResponseBuilder response, String tag) {
        return response.header("ETag", tag)
                .header(HttpHeaders.CACHE_CONTROL, "private, immutable, max-age=31536000")
                .header("Content-Security-Policy", "sandbox; default-src 'none'");
    }

    private static StreamingOutput bytes(Octets octets, ByteRange range) {
        return out -> {
            try (var in = octets.open(range.from(), range.to())) {
                in.transferTo(out);
            }
        };
    }

    private static String mediaType(@Nullable String type) {
        if (type == null || type.isEmpty()) {
            return "application/octet-stream";
        }
        if (!MEDIA_TYPE.matcher(type).matches()) {
            throw Problem.field(400, "type", "is no media type");
        }
        return type;
    }
}
