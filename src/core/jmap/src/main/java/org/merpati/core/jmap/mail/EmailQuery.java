package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.QueryType;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Comparison;
import org.merpati.lib.jmap.Filter;
import org.merpati.lib.jmap.MethodException;

/** Email/query and Email/queryChanges (RFC 8621 §4.4, §4.5). */
final class EmailQuery implements QueryType {
    @Override
    public String name() {
        return "Email";
    }

    @Override
    public Search search(Optional<JsonNode> filter, List<Comparison> sort, Arguments in, Call call)
            throws MethodException {
        Filter<EmailCondition> conditions = Filter.parse(filter, condition -> EmailCondition.parse(condition, call));
        return new EmailSearch(conditions, new EmailOrder(sort), in.flag("collapseThreads", false), call);
    }
}
