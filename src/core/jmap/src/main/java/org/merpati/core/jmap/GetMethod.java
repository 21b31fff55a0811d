package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Get;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/** {@code Foo/get} for every data type (RFC 8620 §5.1). */
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
    public ObjectNode call(ObjectNode arguments, Call call) throws MethodException {
        var get = Get.parse(new Arguments(arguments));
        var account = call.account(get.accountId());
        var properties = properties(get.properties());
        return get.ids().isPresent()
                ? some(get.accountId(), account, get.ids().get(), properties, call)
                : all(get.accountId(), account, properties, call);
    }

    private ObjectNode some(String accountId, AccountId account, List<String> given, Set<String> properties, Call call)
            throws MethodException {
        if (given.size() > Limits.OBJECTS) {
            throw tooLarge("more than " + Limits.OBJECTS + " ids");
        }
        var ids = new LinkedHashSet<>(given); // RFC 8620 §5.1: an id given twice is answered once
        var numbers = new ArrayList<Long>();
        for (var id : ids) {
            type.ids().parse(id).ifPresent(numbers::add);
        }
        var loaded = call.door()
                .call(services -> type.load().load(services, account, numbers))
                .orThrow();
        var found = new HashMap<String, T>();
        loaded.records().forEach(one -> found.put(idOf(one), one));

        var response = response(accountId, loaded.state());
        var list = response.putArray("list");
        var notFound = response.putArray("notFound");
        for (var id : ids) {
            Optional.ofNullable(found.get(id))
                    .ifPresentOrElse(one -> list.add(toJson(one, properties)), () -> notFound.add(id));
        }
        return response;
    }

    private ObjectNode all(String accountId, AccountId account, Set<String> properties, Call call)
            throws MethodException {
        var loaded = call.door()
                .call(services -> type.loadAll().load(services, account, Limits.OBJECTS))
                .orThrow();
        if (loaded.isEmpty()) {
            throw tooLarge("there are more than " + Limits.OBJECTS + "; ask for them by their ids");
        }
        var response = response(accountId, loaded.get().state());
        var list = response.putArray("list");
        loaded.get().records().forEach(one -> list.add(toJson(one, properties)));
        response.putArray("notFound");
        return response;
    }

    private Set<String> properties(Optional<List<String>> wanted) throws MethodException {
        if (wanted.isEmpty()) {
            return type.properties().keySet();
        }
        var properties = new LinkedHashSet<>(wanted.get());
        properties.remove("id"); // always there
        for (var property : properties) {
            if (!type.properties().containsKey(property)) {
                throw Arguments.invalid("the property \"" + property + "\" is not supported; these are: id, "
                        + String.join(", ", type.properties().keySet()));
            }
        }
        return properties;
    }

    private ObjectNode toJson(T one, Set<String> properties) {
        var json = JsonNodeFactory.instance.objectNode().put("id", idOf(one));
        type.properties().forEach((name, property) -> {
            if (properties.contains(name)) {
                json.set(name, property.apply(one));
            }
        });
        return json;
    }

    private String idOf(T one) {
        return type.ids().id(type.number().applyAsLong(one));
    }

    private static ObjectNode response(String accountId, String state) {
        return JsonNodeFactory.instance.objectNode().put("accountId", accountId).put("state", state);
    }

    private static MethodException tooLarge(String why) {
        return new MethodException(new MethodError.RequestTooLarge(why));
    }
}
