package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The arguments of every {@code /queryChanges} (RFC 8620 §5.6); a type may have more. */
public record QueryChanges(
        String accountId,
        Optional<JsonNode> filter,
        List<Comparison> sort,
        String sinceQueryState,
        Optional<Long> maxChanges,
        Optional<String> upToId,
        boolean calculateTotal) {
    public QueryChanges {
        sort = List.copyOf(sort);
    }

    public static QueryChanges parse(Arguments in) throws MethodException {
        return new QueryChanges(
                in.string("accountId"),
                in.any("filter"),
                Comparison.parse(in, "sort"),
                in.string("sinceQueryState"),
                in.optionalUnsigned("maxChanges"),
                in.optionalString("upToId"),
                in.flag("calculateTotal", false));
    }
}
