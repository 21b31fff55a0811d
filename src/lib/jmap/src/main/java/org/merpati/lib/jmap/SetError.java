package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Why one object was not created, updated or destroyed (RFC 8620 §5.3); the others of the call are no worse for it.
 *
 * @param description for developers; may be empty
 * @param more what the type says beside these two, by name
 */
public record SetError(String type, String description, SequencedMap<String, JsonNode> more) {
    public static final SetError NOT_FOUND = of("notFound", "");
    public static final SetError WILL_DESTROY = of("willDestroy", "");

    public static SetError of(String type, String description) {
        return new SetError(type, description, new LinkedHashMap<>());
    }

    public static SetError forbidden(String description) {
        return of("forbidden", description);
    }

    public static SetError invalidPatch(String description) {
        return of("invalidPatch", description);
    }

    /** @param properties all that are wrong */
    public static SetError invalidProperties(Collection<String> properties, String description) {
        return of("invalidProperties", description).with("properties", properties);
    }

    public static SetError invalidProperty(String property, String description) {
        return invalidProperties(List.of(property), description);
    }

    /** RFC 8620 §5.4: there is such a one already. */
    public static SetError alreadyExists(String id, String description) {
        var error = of("alreadyExists", description);
        error.more.put("existingId", JsonNodeFactory.instance.textNode(id));
        return error;
    }

    /** Of {@link #alreadyExists}. */
    public Optional<String> existingId() {
        return Optional.ofNullable(more.get("existingId")).map(JsonNode::textValue);
    }

    /** The same with a list of strings more. */
    public SetError with(String name, Collection<String> values) {
        var list = JsonNodeFactory.instance.arrayNode();
        values.forEach(list::add);
        var all = new LinkedHashMap<String, JsonNode>(more);
        all.put(name, list);
        return new SetError(type, description, all);
    }

    /** The same with a number more. */
    public SetError with(String name, long value) {
        var all = new LinkedHashMap<String, JsonNode>(more);
        all.put(name, JsonNodeFactory.instance.numberNode(value));
        return new SetError(type, description, all);
    }

    public ObjectNode toJson() {
        var error = JsonNodeFactory.instance.objectNode().put("type", type);
        if (!description.isEmpty()) {
            error.put("description", description);
        }
        for (Map.Entry<String, JsonNode> property : more.entrySet()) {
            error.set(property.getKey(), property.getValue());
        }
        return error;
    }
}
