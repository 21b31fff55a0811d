package org.merpati.web.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.merpati.web.base.JsonBody;
import org.merpati.web.base.Problem;

/** How lists are paged: up to {@code limit} after the key {@code after}. */
record Paging(String after, int limit) {
    private static final int MOST = 500;
    private static final int USUAL = 100;

    static Paging of(@Nullable String after, @Nullable String limit) {
        if (limit != null && !limit.matches("[1-9][0-9]{0,2}")) {
            throw wrongLimit();
        }
        int wanted = limit == null ? USUAL : Integer.parseInt(limit);
        if (wanted > MOST) {
            throw wrongLimit();
        }
        return new Paging(after == null ? "" : after, wanted);
    }

    /**
     * What was found under {@code name}, and in {@code next} the key to go on from when there may be more.
     *
     * @param key of one that was found, as {@code after} takes it
     */
    <T> Response response(String name, List<T> found, Function<T, ObjectNode> json, Function<T, String> key) {
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray(name);
        found.forEach(one -> list.add(json.apply(one)));
        if (found.size() == limit) {
            body.put("next", key.apply(found.getLast()));
        }
        return JsonBody.response(200, body).build();
    }

    private static RuntimeException wrongLimit() {
        return Problem.field(400, "limit", "must be a number from 1 to " + MOST);
    }
}
