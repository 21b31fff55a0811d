package org.merpati.web.base;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.merpati.lib.jmap.json.JsonWriter;

/**
 * Problem details (RFC 9457): the type is {@code about:blank}, so the status says what kind of problem it is.
 *
 * @param errors one for each field of the request that is wrong
 */
public record Problem(int status, String detail, List<FieldError> errors) {
    public static final String TYPE = "application/problem+json";

    /** @param field its name in the body, the query or the path */
    public record FieldError(String field, String detail) {}

    public Problem(int status, String detail) {
        this(status, detail, List.of());
    }

    /** One wrong field. */
    public static ProblemException field(int status, String field, String detail) {
        return new ProblemException(new Problem(
                status,
                "The request is not right: " + field + " " + detail + ".",
                List.of(new FieldError(field, detail))));
    }

    public static ProblemException of(int status, String detail) {
        return new ProblemException(new Problem(status, detail));
    }

    public Response.ResponseBuilder toResponse() {
        var json = JsonNodeFactory.instance.objectNode();
        var known = Response.Status.fromStatusCode(status);
        json.put("type", "about:blank");
        json.put("title", known == null ? "Error" : known.getReasonPhrase());
        json.put("status", status);
        json.put("detail", detail);
        if (!errors.isEmpty()) {
            var list = json.putArray("errors");
            errors.forEach(error -> list.addObject().put("field", error.field()).put("detail", error.detail()));
        }
        return response(status, json);
    }

    /** Problem details that somebody else worded. */
    public static Response.ResponseBuilder response(int status, ObjectNode json) {
        return Response.status(status).type(TYPE).entity(JsonWriter.bytes(json));
    }
}
