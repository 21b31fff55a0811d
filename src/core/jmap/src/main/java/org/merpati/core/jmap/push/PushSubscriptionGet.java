package org.merpati.core.jmap.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.Responses;
import org.merpati.core.store.PushSubscriptions;
import org.merpati.core.store.PushSubscriptions.Subscription;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/** PushSubscription/get (RFC 8620 §7.2.1): without account and state, and never with what is the device's secret. */
public final class PushSubscriptionGet implements JmapMethod {
    @Override
    public String name() {
        return "PushSubscription/get";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var ids = in.optionalStrings("ids");
        var properties = wanted(in.optionalStrings("properties"));
        in.end();
        if (ids.isPresent() && ids.get().size() > Limits.OBJECTS) {
            throw new MethodException(new MethodError.RequestTooLarge("more than " + Limits.OBJECTS + " ids"));
        }
        var all = new LinkedHashMap<String, Subscription>();
        if (call.caller() instanceof Principal.User user) {
            call.door()
                    .call(services -> services.get(PushSubscriptions.class).list(user.account()))
                    .orThrow()
                    .forEach(one -> all.put(SubscriptionFields.id(one), one));
        }
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("list");
        var notFound = json.putArray("notFound");
        for (var id : new LinkedHashSet<>(ids.orElse(List.copyOf(all.keySet())))) {
            var one = all.get(id);
            if (one == null) {
                notFound.add(id);
            } else {
                list.add(SubscriptionFields.json(one, properties));
            }
        }
        responses.add(json);
    }

    private static SequencedSet<String> wanted(Optional<List<String>> properties) throws MethodException {
        var wanted = new LinkedHashSet<>(properties.orElse(SubscriptionFields.SHOWN));
        for (var property : wanted) {
            if (SubscriptionFields.SECRET.contains(property)) {
                throw new MethodException(new MethodError.Forbidden("\"" + property + "\" is never returned"));
            }
            if (!property.equals("id") && !SubscriptionFields.SHOWN.contains(property)) {
                throw Arguments.invalid("the property \"" + property + "\" is not supported");
            }
        }
        return wanted;
    }
}
