package org.merpati.launch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A list that the server gives in pages. */
final class Listing {
    private final ApiClient api;
    private final String path;
    private final String items;
    private final String key;

    /**
     * @param items the name of the array in each page
     * @param key the item's field that the next page continues from
     */
    Listing(ApiClient api, String path, String items, String key) {
        this.api = api;
        this.path = path;
        this.items = items;
        this.key = key;
    }

    void each(Consumer<JsonNode> take) throws IOException {
        var after = "";
        while (true) {
            var page = api.get(path + (path.contains("?") ? "&" : "?") + "after=" + ApiClient.segment(after))
                    .path(items);
            page.forEach(take);
            if (page.isEmpty()) {
                return;
            }
            after = page.get(page.size() - 1).path(key).asText();
        }
    }

    /** A resource's fields, one line each. */
    static List<String> fields(JsonNode resource) {
        return resource.properties().stream()
                .map(field -> option(field.getKey()) + ": " + shown(field.getValue()))
                .toList();
    }

    /** A field's name as options are written: {@code catchAll} is {@code catch-all}. */
    private static String option(String field) {
        return field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String shown(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? "on" : "off";
        }
        return value.isNull() ? QuotaLimits.NONE : value.asText();
    }
}
