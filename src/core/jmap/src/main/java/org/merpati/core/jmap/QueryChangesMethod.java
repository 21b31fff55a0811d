package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.QueryChanges;

/**
 * {@code Foo/queryChanges} for every data type (RFC 8620 §5.6): the query is run again, and whatever has changed since is taken
 * out and put in where it stands now.
 */
public final class QueryChangesMethod implements JmapMethod {
    private final QueryType type;

    public QueryChangesMethod(QueryType type) {
        this.type = type;
    }

    @Override
    public String name() {
        return type.name() + "/queryChanges";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var query = QueryChanges.parse(in);
        var account = call.account(query.accountId());
        var search = type.search(query.filter(), query.sort(), in, call);
        in.end();
        var since = States.parse(query.sinceQueryState()).filter(state -> search.knowsChanges());
        if (since.isEmpty()) {
            throw unknown();
        }
        var found = search.run(account); // before the changes, so that none of what it shows is missing there
        var moved = search.moved(account, since.get()).orElseThrow(QueryChangesMethod::unknown);

        var places = new HashMap<String, Integer>();
        for (int place = 0; place < found.ids().size() && !moved.there().isEmpty(); place++) {
            var id = found.ids().get(place);
            if (moved.there().contains(id)) {
                places.put(id, place);
            }
        }
        int upTo = search.isImmutable() && query.upToId().isPresent()
                ? found.ids().indexOf(query.upToId().get())
                : -1;
        var removed = new TreeSet<>(moved.gone());
        removed.addAll(moved.there());
        var added = places.entrySet().stream()
                .filter(entry -> upTo < 0 || entry.getValue() <= upTo)
                .sorted(Map.Entry.comparingByValue())
                .toList();
        if (query.maxChanges().isPresent()
                && removed.size() + added.size() > query.maxChanges().get()) {
            throw new MethodException(new MethodError.TooManyChanges(
                    "there are " + (removed.size() + added.size()) + " changes at most"));
        }

        var response = JsonNodeFactory.instance.objectNode();
        response.put("accountId", query.accountId());
        response.put("oldQueryState", query.sinceQueryState());
        response.put("newQueryState", States.of(found.state()));
        if (query.calculateTotal()) {
            response.put("total", found.ids().size());
        }
        var gone = response.putArray("removed");
        removed.forEach(gone::add);
        var come = response.putArray("added");
        added.forEach(entry -> come.addObject().put("id", entry.getKey()).put("index", entry.getValue()));
        responses.add(response);
    }

    private static MethodException unknown() {
        return new MethodException(new MethodError.CannotCalculateChanges(
                "what changed in this query since that state is not known; ask anew"));
    }
}
