package org.merpati.web.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.merpati.web.base.Problem;
import org.merpati.web.base.Server;

/** The page and its files. */
@Path("/")
@ApplicationScoped
public class PageResource {
    private static final Map<String, StaticFile> FILES = Map.of(
            "style.css", StaticFile.read("style.css", "text/css;charset=utf-8"),
            "copy.js", StaticFile.read("copy.js", "text/javascript;charset=utf-8"),
            "merpati.svg", StaticFile.read("merpati.svg", "image/svg+xml"));
    private static final Template PAGE =
            new Template(new String(StaticFile.read("index.html", "text/html").content(), StandardCharsets.UTF_8));

    @Inject
    Server server;

    @GET
    public Response page(@Context HttpServletRequest request) {
        var html = PAGE.fill(new Overview(server, request).values());
        return Response.ok(html.getBytes(StandardCharsets.UTF_8), "text/html;charset=utf-8")
                .build();
    }

    @GET
    @Path("static/{file}")
    public Response file(@Context HttpServletRequest request, @PathParam("file") String name) {
        var file = FILES.get(name);
        if (file == null) {
            throw Problem.of(404, "There is nothing here.");
        }
        boolean known = file.tag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH));
        var response = known ? Response.status(304) : Response.ok(file.content(), file.type());
        return response.header("ETag", file.tag())
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .build();
    }
}
