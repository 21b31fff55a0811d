package org.merpati.core.jmap.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A StateChange object (RFC 8620 §7.1).
 *
 * @param changed states by type, at least one
 * @param all the states that the client knows with this
 */
public record StateChange(String accountId, SequencedMap<String, String> changed, PushState all) {
    public StateChange {
        changed = new LinkedHashMap<>(changed);
    }

    public ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode().put("@type", "StateChange");
        var states = json.putObject("changed").putObject(accountId);
        changed.forEach(states::put);
        return json;
    }
}
