package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import org.merpati.core.api.mail.AccountId;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.Query;

/** {@code Foo/query} for every data type (RFC 8620 §5.5). */
public final class QueryMethod implements JmapMethod {
    private final QueryType type;

    public QueryMethod(QueryType type) {
        this.type = type;
    }

    @Override
    public String name() {
        return type.name() + "/query";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var query = Query.parse(in);
        var account = call.account(query.accountId());
        var search = type.search(query.filter(), query.sort(), in, call);
        in.end();
        long wanted = query.limit().orElse(Long.MAX_VALUE);
        int limit = (int) Math.min(wanted, Limits.OBJECTS);
        var window = window(search, account, query, limit);

        var response = JsonNodeFactory.instance.objectNode();
        response.put("accountId", query.accountId());
        response.put("queryState", States.of(window.state()));
        response.put("canCalculateChanges", search.knowsChanges());
        response.put("position", window.position());
        var ids = response.putArray("ids");
        window.ids().forEach(ids::add);
        if (query.calculateTotal()) {
            response.put("total", window.total());
        }
        if (wanted > limit) {
            response.put("limit", limit);
        }
        responses.add(response);
    }

    private static QueryType.Window window(QueryType.Search search, AccountId account, Query query, int limit)
            throws MethodException, IOException {
        if (query.anchor().isEmpty()) {
            var part = search.window(account, query.position(), limit);
            if (part.isPresent()) {
                return part.get();
            }
        }
        var found = search.run(account);
        long first = first(found.ids(), query);
        var ids = new ArrayList<String>();
        for (long place = first; place < found.ids().size() && ids.size() < limit; place++) {
            ids.add(found.ids().get((int) place));
        }
        return new QueryType.Window(ids, first, found.ids().size(), found.state());
    }

    private static long first(Ids found, Query query) throws MethodException {
        if (query.anchor().isEmpty()) {
            long position = query.position();
            return position < 0 ? Math.max(0, found.size() + position) : position;
        }
        int anchor = found.indexOf(query.anchor().get());
        if (anchor < 0) {
            throw new MethodException(new MethodError.AnchorNotFound());
        }
        return Math.max(0, anchor + query.anchorOffset());
    }
}
