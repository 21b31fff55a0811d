package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Comparator (RFC 8620 §5.5).
 *
 * @param keyword what some sorts of Email need beside (RFC 8621 §4.4.2)
 */
public record Comparison(String property, boolean ascending, Optional<String> collation, Optional<String> keyword) {
    private static final int MOST = 16;

    /** Empty when there is none, or null. */
    static List<Comparison> parse(Arguments in, String name) throws MethodException {
        var given = in.any(name);
        var all = new ArrayList<Comparison>();
        if (given.isEmpty()) {
            return all;
        }
        if (!given.get().isArray()) {
            throw Arguments.invalid("\"" + name + "\" must be a list of comparators or null");
        }
        if (given.get().size() > MOST) {
            throw new MethodException(new MethodError.UnsupportedSort("more than " + MOST + " comparators"));
        }
        for (var item : given.get()) {
            if (!(item instanceof ObjectNode object)) {
                throw Arguments.invalid("\"" + name + "\" must be a list of comparators or null");
            }
            var comparator = new Arguments(object);
            all.add(new Comparison(
                    comparator.string("property"),
                    comparator.flag("isAscending", true),
                    comparator.optionalString("collation"),
                    comparator.optionalString("keyword")));
            comparator.end();
        }
        return all;
    }
}
