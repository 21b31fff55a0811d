package org.merpati.lib.expression;

import java.util.Map;

/** The values of variables. Asked only for declared ones, each time one is met; a costly one is worth remembering. */
@FunctionalInterface
public interface Variables {
    Value get(String name);

    /** What is not in the map is the empty text. */
    static Variables of(Map<String, Value> values) {
        return name -> values.getOrDefault(name, Value.EMPTY);
    }
}
