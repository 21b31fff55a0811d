package org.merpati.core.jmap.quota;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Responses;
import org.merpati.core.jmap.quota.AccountQuota.Resource;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Changes;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/**
 * Quota/changes (RFC 9425 §4.3): a state has all that the client knows, so the difference to what is now is the answer. Where the
 * client takes fewer changes than there are, the new state has the rest as it was.
 */
final class QuotaChanges implements JmapMethod {
    @Override
    public String name() {
        return "Quota/changes";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var changes = Changes.parse(in);
        var account = call.account(changes.accountId());
        in.end();
        var before = QuotaStates.parse(changes.sinceState())
                .orElseThrow(() -> new MethodException(
                        new MethodError.CannotCalculateChanges("this is no state that the server has given")));
        var now = call.door()
                .call(services -> AccountQuota.of(services, account, call))
                .orThrow();
        long most = changes.maxChanges().orElse(Long.MAX_VALUE);

        var json = JsonNodeFactory.instance.objectNode();
        json.put("accountId", changes.accountId());
        json.put("oldState", changes.sinceState());
        var created = JsonNodeFactory.instance.arrayNode();
        var updated = JsonNodeFactory.instance.arrayNode();
        var destroyed = JsonNodeFactory.instance.arrayNode();
        boolean onlyUsed = true;
        var told = new ArrayList<AccountQuota>();
        for (var resource : Resource.values()) {
            var old = of(before, resource);
            var current = of(now, resource);
            boolean cut = !old.equals(current) && created.size() + updated.size() + destroyed.size() == most;
            (cut ? old : current).ifPresent(told::add);
            if (cut || old.equals(current)) {
                continue;
            }
            (old.isEmpty() ? created : current.isEmpty() ? destroyed : updated).add(resource.type());
            onlyUsed &= old.isPresent()
                    && current.isPresent()
                    && old.get().limit() == current.get().limit();
        }
        json.put("newState", QuotaStates.of(told));
        json.put("hasMoreChanges", !told.equals(now));
        json.set("created", created);
        json.set("updated", updated);
        json.set("destroyed", destroyed);
        json.set(
                "updatedProperties",
                onlyUsed && !updated.isEmpty()
                        ? JsonNodeFactory.instance.arrayNode().add("used")
                        : json.nullNode());
        responses.add(json);
    }

    private static Optional<AccountQuota> of(List<AccountQuota> quotas, Resource resource) {
        return quotas.stream().filter(quota -> quota.resource() == resource).findFirst();
    }
}
