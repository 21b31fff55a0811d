package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.jmap.json.JsonReader;
import org.merpati.lib.jmap.json.JsonSyntaxException;
import org.merpati.lib.jmap.json.JsonTooLargeException;

/** Reads Request objects (RFC 8620 §3.3). Properties that it does not know are passed over, as §3.3 wants. */
public final class RequestReader {
    private final RequestLimits limits;
    private final JsonReader json;

    public RequestReader(RequestLimits limits) {
        this.limits = limits;
        this.json = new JsonReader(limits.json());
    }

    /** @throws IOException only when the stream fails */
    public JmapRequest read(InputStream body) throws IOException, RequestException {
        return request(value(body));
    }

    /**
     * Any value within the limits of a request.
     *
     * @throws IOException only when the stream fails
     */
    public JsonNode value(InputStream body) throws IOException, RequestException {
        try {
            return json.read(body);
        } catch (JsonTooLargeException e) {
            throw new RequestException(new RequestError.Limit("maxSizeRequest", e.getMessage() + "."));
        } catch (JsonSyntaxException e) {
            throw new RequestException(new RequestError.NotJson(e.getMessage() + "."));
        }
    }

    /** Further properties are none of ours (RFC 8620 §3.3). */
    public JmapRequest request(JsonNode request) throws RequestException {
        if (!request.isObject()) {
            throw notRequest("The body is no object.");
        }
        return new JmapRequest(
                using(request.get("using")), calls(request.get("methodCalls")), createdIds(request.get("createdIds")));
    }

    private static List<String> using(@Nullable JsonNode using) throws RequestException {
        if (using == null || !using.isArray()) {
            throw notRequest("\"using\" must be an array of strings.");
        }
        var capabilities = new ArrayList<String>();
        for (var capability : using) {
            if (!capability.isTextual()) {
                throw notRequest("\"using\" must be an array of strings.");
            }
            capabilities.add(capability.textValue());
        }
        return capabilities;
    }

    private List<Invocation> calls(@Nullable JsonNode calls) throws RequestException {
        if (calls == null || !calls.isArray()) {
            throw notRequest("\"methodCalls\" must be an array.");
        }
        if (calls.size() > limits.calls()) {
            throw new RequestException(new RequestError.Limit(
                    "maxCallsInRequest", "The request has more than " + limits.calls() + " method calls."));
        }
        var invocations = new ArrayList<Invocation>();
        for (var call : calls) {
            if (!isInvocation(call)) {
                throw notRequest("Each method call must be an array of a name, an object of arguments and a call id.");
            }
            invocations.add(new Invocation(
                    call.get(0).textValue(),
                    (ObjectNode) call.get(1),
                    call.get(2).textValue()));
        }
        return invocations;
    }

    private static Optional<Map<String, String>> createdIds(@Nullable JsonNode ids) throws RequestException {
        if (ids == null || ids.isNull()) {
            return Optional.empty();
        }
        if (!ids.isObject()) {
            throw notRequest("\"createdIds\" must be an object of ids.");
        }
        var created = new LinkedHashMap<String, String>();
        for (var id : ids.properties()) {
            if (!id.getValue().isTextual()) {
                throw notRequest("\"createdIds\" must be an object of ids.");
            }
            created.put(id.getKey(), id.getValue().textValue());
        }
        return Optional.of(created);
    }

    /** RFC 8620 §3.2. */
    private static boolean isInvocation(JsonNode call) {
        return call.isArray()
                && call.size() == 3
                && call.get(0).isTextual()
                && call.get(1).isObject()
                && call.get(2).isTextual();
    }

    private static RequestException notRequest(String why) {
        return new RequestException(new RequestError.NotRequest(why));
    }
}
