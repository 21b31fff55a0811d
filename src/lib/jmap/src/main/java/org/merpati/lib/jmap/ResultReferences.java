package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.jmap.json.JsonWriter;

/**
 * Replaces references to earlier results by what they refer to (RFC 8620 §3.7). One object serves one request.
 *
 * <p>Of an earlier response no more is held in memory than what is referred to. Calls that echo one another could double the
 * answer with every call; so all that a request refers to counts against one budget.
 */
public final class ResultReferences {
    /** Some two octets of answer for each at least: values, and characters of names and strings. */
    private static final long BUDGET = 5_000_000;

    private long left = BUDGET;

    /** The arguments with every {@code #name} resolved against the responses so far. */
    public ObjectNode resolve(ObjectNode arguments, List<? extends Answer> responses)
            throws MethodException, IOException {
        var resolved = JsonNodeFactory.instance.objectNode();
        for (var argument : arguments.properties()) {
            var name = argument.getKey();
            if (!name.startsWith("#")) {
                resolved.set(name, argument.getValue());
            } else if (arguments.has(name.substring(1))) {
                throw new MethodException(new MethodError.InvalidArguments(
                        "\"" + name.substring(1) + "\" is given twice, once as a reference"));
            } else {
                resolved.set(name.substring(1), value(name, argument.getValue(), responses));
            }
        }
        return resolved;
    }

    private JsonNode value(String name, JsonNode reference, List<? extends Answer> responses)
            throws MethodException, IOException {
        var resultOf = text(name, reference.get("resultOf"));
        var wanted = text(name, reference.get("name"));
        var path = ResultPath.parse(text(name, reference.get("path")))
                .orElseThrow(() -> failed(name, "its path is no JSON pointer"));
        var response = responses.stream()
                .filter(earlier -> earlier.callId().equals(resultOf))
                .findFirst()
                .orElseThrow(() -> failed(name, "no earlier call has that id"));
        if (!response.name().equals(wanted)) {
            throw failed(name, "that call's response is \"" + response.name() + "\"");
        }
        var value = read(response, path).orElseThrow(() -> failed(name, "its path leads nowhere"));
        spend(name, value);
        return value;
    }

    private static Optional<JsonNode> read(Answer response, ResultPath path) throws IOException {
        try (var in = JsonWriter.parser(response.open())) {
            in.nextToken(); // the array
            in.nextToken(); // its name
            in.nextToken();
            return path.evaluate(in);
        }
    }

    private void spend(String name, JsonNode value) throws MethodException {
        left -= 1 + (value.isTextual() ? value.textValue().length() : 0);
        if (left < 0) {
            throw failed(name, "the request refers to more than can be answered");
        }
        for (var child : value) {
            spend(name, child);
        }
        for (var property : value.properties()) {
            left -= property.getKey().length();
        }
    }

    private static String text(String name, @Nullable JsonNode value) throws MethodException {
        if (value == null || !value.isTextual()) {
            throw new MethodException(new MethodError.InvalidArguments(
                    "\"" + name + "\" must be an object with the strings resultOf, name and path"));
        }
        return value.textValue();
    }

    private static MethodException failed(String name, String why) {
        return new MethodException(new MethodError.InvalidResultReference("\"" + name + "\": " + why));
    }
}
