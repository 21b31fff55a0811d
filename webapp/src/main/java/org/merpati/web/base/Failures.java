package org.merpati.web.base;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.store.directory.Passwords;
import org.merpati.lib.jmap.RequestException;

/** Words everything that a resource throws, in one place. A mistake of the caller is no line in the log. */
@Provider
@ApplicationScoped
public class Failures implements ExceptionMapper<Throwable> {
    private static final Logger LOG = System.getLogger(Failures.class.getName());
    private static final String RETRY_SECONDS = "5";

    @Override
    public Response toResponse(Throwable thrown) {
        return switch (thrown) {
            case ProblemException e -> worded(e);
            case RequestException e ->
                Problem.response(e.error().status(), e.error().toJson()).build();
            case NotDone e -> notDone(e);
            case Passwords.TooBusy e -> unavailable("Too many passwords are being checked; try again.");
            case WebApplicationException e -> ofContainer(e.getResponse());
            case IOException e ->
                new Problem(400, "The body could not be read to its end.")
                        .toResponse()
                        .build();
            default -> bug(thrown);
        };
    }

    private static Response worded(ProblemException e) {
        var response = e.problem().toResponse();
        e.headers().forEach(response::header);
        return response.build();
    }

    private static Response notDone(NotDone failure) {
        return switch (failure.kind()) {
            case NO_SPACE ->
                new Problem(
                                507,
                                "The server's disk or database takes no writes; look whether this was done before you try again.")
                        .toResponse()
                        .build();
            case UNKNOWN_OUTCOME ->
                new Problem(503, "Whether this was done is not known; look before you try again.")
                        .toResponse()
                        .build();
            case ROLLED_BACK, NO_CONNECTION, UNAVAILABLE -> unavailable("The store can't answer now; try again.");
            case BUG ->
                new Problem(500, "Failure " + failure.id() + " in the server's log.")
                        .toResponse()
                        .build();
        };
    }

    private static Response unavailable(String detail) {
        return new Problem(503, detail)
                .toResponse()
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }

    /** Not found, method not allowed and their like, which the JAX-RS implementation finds itself. */
    private static Response ofContainer(Response response) {
        if (response.getStatus() < 400 || response.hasEntity()) {
            return response;
        }
        var problem = new Problem(
                        response.getStatus(),
                        switch (response.getStatus()) {
                            case 404 -> "There is nothing here.";
                            case 405 -> "This address does not know that method.";
                            case 406 -> "This address has no such representation.";
                            case 415 -> "The body's type is not one that this address takes.";
                            default -> "The request could not be served.";
                        })
                .toResponse();
        var allow = response.getHeaderString(HttpHeaders.ALLOW);
        return (allow == null ? problem : problem.header(HttpHeaders.ALLOW, allow)).build();
    }

    private static Response bug(Throwable thrown) {
        var id = UUID.randomUUID().toString().substring(0, 8);
        LOG.log(Level.ERROR, "http failure " + id, thrown);
        return new Problem(500, "Failure " + id + " in the server's log.")
                .toResponse()
                .build();
    }
}
