package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.merpati.lib.jmap.SetError;

/** What became of each object of a {@code /set}, or of what is like it: {@code /copy}, Email/import (RFC 8620 §5.3). */
public final class SetResults {
    private final ObjectNode created = JsonNodeFactory.instance.objectNode();
    private final ObjectNode updated = JsonNodeFactory.instance.objectNode();
    private final ArrayNode destroyed = JsonNodeFactory.instance.arrayNode();
    private final ObjectNode notCreated = JsonNodeFactory.instance.objectNode();
    private final ObjectNode notUpdated = JsonNodeFactory.instance.objectNode();
    private final ObjectNode notDestroyed = JsonNodeFactory.instance.objectNode();

    public void created(String creationId, ObjectNode untold) {
        notCreated.remove(creationId);
        created.set(creationId, untold);
    }

    public void updated(String id, Optional<ObjectNode> beside) {
        notUpdated.remove(id);
        beside.ifPresentOrElse(object -> updated.set(id, object), () -> updated.putNull(id));
    }

    public void destroyed(String id) {
        destroyed.add(id);
    }

    public void notCreated(String creationId, SetError error) {
        notCreated.set(creationId, error.toJson());
    }

    public void notUpdated(String id, SetError error) {
        notUpdated.set(id, error.toJson());
    }

    public void notDestroyed(String id, SetError error) {
        notDestroyed.set(id, error.toJson());
    }

    public boolean hasCreated(String creationId) {
        return created.has(creationId);
    }

    public boolean hasUpdated(String id) {
        return updated.has(id);
    }

    public boolean hasDestroyed(String id) {
        for (var one : destroyed) {
            if (one.textValue().equals(id)) {
                return true;
            }
        }
        return false;
    }

    public boolean anyDone() {
        return !created.isEmpty() || !updated.isEmpty() || !destroyed.isEmpty();
    }

    /** The arguments of the response. What has nothing in it is null. */
    public ObjectNode json(String accountId, String oldState, String newState) {
        var json = creations(accountId, oldState, newState);
        json.set("updated", updated.isEmpty() ? json.nullNode() : updated);
        json.set("destroyed", destroyed.isEmpty() ? json.nullNode() : destroyed);
        json.set("notUpdated", notUpdated.isEmpty() ? json.nullNode() : notUpdated);
        json.set("notDestroyed", notDestroyed.isEmpty() ? json.nullNode() : notDestroyed);
        return json;
    }

    /** The same where nothing but creating is asked for. */
    public ObjectNode creations(String accountId, String oldState, String newState) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("accountId", accountId);
        json.put("oldState", oldState);
        json.put("newState", newState);
        json.set("created", created.isEmpty() ? json.nullNode() : created);
        json.set("notCreated", notCreated.isEmpty() ? json.nullNode() : notCreated);
        return json;
    }
}
