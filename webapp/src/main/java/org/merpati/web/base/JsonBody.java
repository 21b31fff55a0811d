package org.merpati.web.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.merpati.lib.jmap.json.JsonLimits;
import org.merpati.lib.jmap.json.JsonReader;
import org.merpati.lib.jmap.json.JsonSyntaxException;
import org.merpati.lib.jmap.json.JsonTooLargeException;
import org.merpati.lib.jmap.json.JsonWriter;

/**
 * A small JSON object that came in. Fields are asked for one by one; what is wrong with them is gathered, so that
 * {@link #end} names all of it at once.
 */
public final class JsonBody {
    private static final JsonReader READER = new JsonReader(new JsonLimits(64 * 1024, 8, 1000));

    /** What every reader of JSON holds exactly (RFC 8259 §6). */
    private static final long LARGEST_NUMBER = (1L << 53) - 1;

    private final JsonNode json;
    private final Set<String> asked = new HashSet<>();
    private final List<Problem.FieldError> errors = new ArrayList<>();

    private JsonBody(JsonNode json) {
        this.json = json;
    }

    public static JsonBody read(HttpServletRequest request, InputStream body) throws IOException {
        if (!isJson(request)) {
            throw Problem.of(415, "The body must be application/json.");
        }
        try {
            var json = READER.read(body);
            if (!json.isObject()) {
                throw Problem.of(400, "The body must be a JSON object.");
            }
            return new JsonBody(json);
        } catch (JsonTooLargeException e) {
            throw Problem.of(413, "The body is too large: " + e.getMessage() + ".");
        } catch (JsonSyntaxException e) {
            throw Problem.of(400, "The body is not JSON: " + e.getMessage() + ".");
        }
    }

    /**
     * Whether the body says that it is JSON. A form on a stranger's page can't say so, and its script only after asking
     * (which nothing here allows), so this is what keeps other sites from posting with a browser's stored password.
     */
    public static boolean isJson(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null
                && type.toLowerCase(Locale.ROOT).replaceAll(";.*", "").strip().equals("application/json");
    }

    /** Empty when the field is missing or no text, which {@link #end} then says. */
    public Optional<String> text(String field, int longest) {
        return text(field, longest, true);
    }

    public Optional<String> optionalText(String field, int longest) {
        return text(field, longest, false);
    }

    /** False when the field is missing. */
    public boolean optionalFlag(String field) {
        asked.add(field);
        var value = json.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            wrong(field, "must be true or false");
        }
        return value.booleanValue();
    }

    /** Empty when the field is missing or neither true nor false, which {@link #end} then says. */
    public Optional<Boolean> flag(String field) {
        asked.add(field);
        var value = json.get(field);
        if (value == null || !value.isBoolean()) {
            wrong(field, value == null ? "is missing" : "must be true or false");
            return Optional.empty();
        }
        return Optional.of(value.booleanValue());
    }

    /** A whole number from 0 up; empty when the field is missing or null. */
    public OptionalLong optionalNumber(String field) {
        asked.add(field);
        var value = json.get(field);
        if (value == null || value.isNull()) {
            return OptionalLong.empty();
        }
        long number = value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : -1;
        if (number < 0 || number > LARGEST_NUMBER) {
            wrong(field, "must be a whole number from 0 to " + LARGEST_NUMBER + ", or null");
            return OptionalLong.empty();
        }
        return OptionalLong.of(number);
    }

    public void wrong(String field, String detail) {
        errors.add(new Problem.FieldError(field, detail));
    }

    /** Refuses the body if anything was wrong with it, or if it has fields that nobody asked for. */
    public void end() {
        for (var field : json.properties()) {
            if (!asked.contains(field.getKey())) {
                wrong(field.getKey(), "is not known here");
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(new Problem(422, "Some fields are not right.", errors));
        }
    }

    private Optional<String> text(String field, int longest, boolean required) {
        asked.add(field);
        var value = json.get(field);
        if (value == null || value.isNull()) {
            if (required) {
                wrong(field, "is missing");
            }
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().length() > longest) {
            wrong(field, "must be text of at most " + longest + " characters");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    /** The answer's side: a JSON body. */
    public static Response.ResponseBuilder response(int status, ObjectNode json) {
        return Response.status(status).type("application/json").entity(JsonWriter.bytes(json));
    }
}
