package org.merpati.lib.jmap;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Pointer (RFC 6901) in which {@code *} maps the rest over the items of an array (RFC 8620 §3.7). It is evaluated while
 * the JSON is read, once, and nothing is kept but what it points at.
 */
record ResultPath(List<String> tokens) {
    private static final int MOST_TOKENS = 32;

    /** Empty when the text is no pointer. */
    static Optional<ResultPath> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(new ResultPath(List.of()));
        }
        if (text.charAt(0) != '/') {
            return Optional.empty();
        }
        var tokens = new ArrayList<String>();
        for (var raw : text.substring(1).split("/", MOST_TOKENS + 1)) {
            var token = Pointer.token(raw);
            if (token.isEmpty()) {
                return Optional.empty();
            }
            tokens.add(token.get());
        }
        return tokens.size() > MOST_TOKENS ? Optional.empty() : Optional.of(new ResultPath(tokens));
    }

    /** Empty when the path leads nowhere. The parser stands on the value's first token; where it stands after is not told. */
    Optional<JsonNode> evaluate(JsonParser in) throws IOException {
        return Optional.ofNullable(evaluate(in, 0));
    }

    /** Unless it leads nowhere, the parser stands on the value's last token afterwards. */
    private @Nullable JsonNode evaluate(JsonParser in, int index) throws IOException {
        if (index == tokens.size()) {
            return in.readValueAsTree();
        }
        var token = tokens.get(index);
        if (in.currentToken() == JsonToken.START_OBJECT) {
            return member(in, token, index + 1);
        }
        if (in.currentToken() == JsonToken.START_ARRAY) {
            return token.equals("*") ? eachItem(in, index + 1) : item(in, token, index + 1);
        }
        return null;
    }

    private @Nullable JsonNode member(JsonParser in, String name, int index) throws IOException {
        JsonNode found = null;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            boolean wanted = in.currentName().equals(name);
            in.nextToken();
            if (wanted) {
                found = evaluate(in, index);
                if (found == null) {
                    return null;
                }
            } else {
                in.skipChildren();
            }
        }
        return found;
    }

    private @Nullable JsonNode eachItem(JsonParser in, int index) throws IOException {
        var results = JsonNodeFactory.instance.arrayNode();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            var result = evaluate(in, index);
            if (result == null) {
                return null;
            }
            if (result.isArray()) {
                result.forEach(results::add);
            } else {
                results.add(result);
            }
        }
        return results;
    }

    /** RFC 6901 §4 array-index: no leading zero, no sign. */
    private @Nullable JsonNode item(JsonParser in, String token, int index) throws IOException {
        if (!token.matches("0|[1-9][0-9]{0,8}")) {
            return null;
        }
        int wanted = Integer.parseInt(token);
        JsonNode found = null;
        for (int at = 0; in.nextToken() != JsonToken.END_ARRAY; at++) {
            if (at == wanted) {
                found = evaluate(in, index);
                if (found == null) {
                    return null;
                }
            } else {
                in.skipChildren();
            }
        }
        return found;
    }
}
