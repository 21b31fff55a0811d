package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of every {@code /query} (RFC 8620 §5.5); a type may have more.
 *
 * @param filter as given, for the type to read
 * @param sort empty for the server's order
 * @param position negative counts from the end; ignored with an anchor
 * @param limit empty when the client set none
 */
public record Query(
        String accountId,
        Optional<JsonNode> filter,
        List<Comparison> sort,
        long position,
        Optional<String> anchor,
        long anchorOffset,
        Optional<Long> limit,
        boolean calculateTotal) {
    public Query {
        sort = List.copyOf(sort);
    }

    public static Query parse(Arguments in) throws MethodException {
        return new Query(
                in.string("accountId"),
                in.any("filter"),
                Comparison.parse(in, "sort"),
                in.integer("position", 0),
                in.optionalString("anchor"),
                in.integer("anchorOffset", 0),
                in.optionalUnsigned("limit"),
                in.flag("calculateTotal", false));
    }
}
