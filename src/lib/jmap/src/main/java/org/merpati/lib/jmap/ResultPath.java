package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON Pointer (RFC 6901) in which {@code *} maps the rest over the items of an array (RFC 8620 §3.7). Evaluating it
 * visits each value of the tree at most once.
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
            if (raw.matches("(?s).*~(?![01]).*")) {
                return Optional.empty();
            }
            tokens.add(raw.replace("~1", "/").replace("~0", "~")); // in this order, RFC 6901 §4
        }
        return tokens.size() > MOST_TOKENS ? Optional.empty() : Optional.of(new ResultPath(tokens));
    }

    /** Empty when the path leads nowhere. */
    Optional<JsonNode> evaluate(JsonNode root) {
        return evaluate(root, 0);
    }

    private Optional<JsonNode> evaluate(JsonNode value, int index) {
        if (index == tokens.size()) {
            return Optional.of(value);
        }
        var token = tokens.get(index);
        if (value.isArray() && token.equals("*")) {
            return eachItem(value, index + 1);
        }
        var child = value.isArray() ? item(value, token) : Optional.ofNullable(value.get(token));
        return child.flatMap(found -> evaluate(found, index + 1));
    }

    private Optional<JsonNode> eachItem(JsonNode array, int index) {
        var results = JsonNodeFactory.instance.arrayNode();
        for (var item : array) {
            var result = evaluate(item, index);
            if (result.isEmpty()) {
                return Optional.empty();
            }
            if (result.get().isArray()) {
                result.get().forEach(results::add);
            } else {
                results.add(result.get());
            }
        }
        return Optional.of(results);
    }

    /** RFC 6901 §4 array-index: no leading zero, no sign. */
    private static Optional<JsonNode> item(JsonNode array, String token) {
        return token.matches("0|[1-9][0-9]{0,8}")
                ? Optional.ofNullable(array.get(Integer.parseInt(token)))
                : Optional.empty();
    }
}
