package org.merpati.lib.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/**
 * Email/query (RFC 8620 §5.5, RFC 8621 §4.4) with what this server can do of it: the filter {@code inMailbox} or none,
 * sorted by {@code receivedAt}. Everything else is refused by name, never passed over.
 *
 * @param inMailbox a Mailbox id as given; empty for all mail
 * @param position negative counts from the end
 * @param limit empty when the client set none
 */
public record EmailQuery(
        String accountId,
        Optional<String> inMailbox,
        boolean ascending,
        long position,
        Optional<Long> limit,
        boolean calculateTotal) {

    public static EmailQuery parse(Arguments in) throws MethodException {
        var accountId = in.string("accountId");
        var inMailbox = filter(in.any("filter"));
        boolean ascending = sort(in.any("sort"));
        long position = in.integer("position", 0);
        if (in.optionalString("anchor").isPresent()) {
            throw Arguments.invalid("\"anchor\" is not supported; use \"position\"");
        }
        in.integer("anchorOffset", 0); // RFC 8620 §5.5: without an anchor it must be ignored
        var limit = in.optionalUnsigned("limit");
        boolean calculateTotal = in.flag("calculateTotal", false);
        if (in.flag("collapseThreads", false)) {
            throw Arguments.invalid("\"collapseThreads\" is not supported");
        }
        in.end();
        return new EmailQuery(accountId, inMailbox, ascending, position, limit, calculateTotal);
    }

    private static Optional<String> filter(Optional<JsonNode> filter) throws MethodException {
        if (filter.isEmpty()) {
            return Optional.empty();
        }
        if (!(filter.get() instanceof ObjectNode conditions)) {
            throw Arguments.invalid("\"filter\" must be an object or null");
        }
        for (var condition : conditions.properties()) {
            if (!condition.getKey().equals("inMailbox")) {
                throw new MethodException(new MethodError.UnsupportedFilter(
                        "\"" + condition.getKey() + "\" is not supported; inMailbox is"));
            }
        }
        return new Arguments(conditions).optionalString("inMailbox");
    }

    /** Whether ascending. Without a sort the newest come first, which is as stable as an order can be. */
    private static boolean sort(Optional<JsonNode> sort) throws MethodException {
        if (sort.isPresent() && !sort.get().isArray()) {
            throw Arguments.invalid("\"sort\" must be a list of comparators or null");
        }
        if (sort.isEmpty() || sort.get().isEmpty()) {
            return false;
        }
        boolean ascending = true;
        for (int i = 0; i < sort.get().size(); i++) {
            if (!(sort.get().get(i) instanceof ObjectNode comparator)) {
                throw Arguments.invalid("\"sort\" must be a list of comparators or null");
            }
            var in = new Arguments(comparator);
            var property = in.string("property");
            if (i > 0 || !property.equals("receivedAt")) {
                throw new MethodException(
                        new MethodError.UnsupportedSort("the only sort supported is by receivedAt alone"));
            }
            ascending = in.flag("isAscending", true);
            in.any("collation"); // RFC 8620 §5.5: ignored when the property is no string
            in.end();
        }
        return ascending;
    }
}
