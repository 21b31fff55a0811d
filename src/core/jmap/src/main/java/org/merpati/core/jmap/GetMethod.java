package org.merpati.core.jmap;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import org.merpati.core.api.mail.AccountId;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Get;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/** {@code Foo/get} for every data type (RFC 8620 §5.1). A page of records is held at a time. */
public final class GetMethod<T> implements JmapMethod {
    private final DataType<T> type;

    public GetMethod(DataType<T> type) {
        this.type = type;
    }

    @Override
    public String name() {
        return type.name() + "/get";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var get = Get.parse(in);
        var account = call.account(get.accountId());
        var view = type.view(get.properties(), in);
        in.end();
        var ids = get.ids().isPresent() ? some(get.ids().get(), call) : all(view, account, call);
        responses.write(json -> {
            json.writeStartObject();
            json.writeStringField("accountId", get.accountId());
            var notFound = list(view, account, ids, call, json);
            json.writeArrayFieldStart("notFound");
            for (var id : notFound) {
                json.writeString(id);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** RFC 8620 §5.1: an id given twice is answered once. What this request has made is known by its creation id too. */
    private static List<String> some(List<String> given, Call call) throws MethodException {
        if (given.size() > Limits.OBJECTS) {
            throw tooLarge("more than " + Limits.OBJECTS + " ids");
        }
        var ids = new LinkedHashSet<String>();
        given.forEach(id -> ids.add(call.created().resolve(id).orElse(id)));
        return List.copyOf(ids);
    }

    private static <T> List<String> all(View<T> view, AccountId account, Call call) throws MethodException {
        return call.door()
                .call(services -> view.all(services, account, Limits.OBJECTS))
                .orThrow()
                .orElseThrow(() -> tooLarge("there are more than " + Limits.OBJECTS + "; ask for them by their ids"));
    }

    /** Writes state and list; what was not found. */
    private static <T> List<String> list(
            View<T> view, AccountId account, List<String> ids, Call call, JsonGenerator json) throws IOException {
        var notFound = new ArrayList<String>();
        int from = 0;
        do {
            var page = ids.subList(from, Math.min(ids.size(), from + view.page()));
            var loaded = call.door()
                    .call(services -> view.load(services, account, page))
                    .orThrow();
            if (from == 0) {
                json.writeStringField("state", loaded.state());
                json.writeArrayFieldStart("list");
            }
            var found = new HashMap<String, T>();
            loaded.records().forEach(one -> found.put(view.id(one), one));
            for (var id : page) {
                var one = found.get(id);
                if (one == null) {
                    notFound.add(id);
                } else {
                    json.writeTree(view.json(one, call));
                }
            }
            from += view.page();
        } while (from < ids.size());
        json.writeEndArray();
        return notFound;
    }

    private static MethodException tooLarge(String why) {
        return new MethodException(new MethodError.RequestTooLarge(why));
    }
}
