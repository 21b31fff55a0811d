package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.Patch;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;

/** The properties of a data type beside its {@code id}, each once: how it is read, who may set it, what it is by default. */
public final class Properties<T> {
    /** Who may set it (RFC 8620 §5.3). */
    public enum Access {
        SERVER,
        /** Whoever creates the object. */
        IMMUTABLE,
        CLIENT
    }

    private record Property<T>(Function<T, JsonNode> read, Access access, Optional<JsonNode> standard) {}

    private final SequencedMap<String, Property<T>> all = new LinkedHashMap<>();

    /** One that only the server sets. */
    public Properties<T> server(String name, Function<T, JsonNode> read) {
        all.put(name, new Property<>(read, Access.SERVER, Optional.empty()));
        return this;
    }

    /** One that clients set. */
    public Properties<T> client(String name, Function<T, JsonNode> read) {
        all.put(name, new Property<>(read, Access.CLIENT, Optional.empty()));
        return this;
    }

    /** One that clients set, with what it is when they leave it out. */
    public Properties<T> client(String name, Function<T, JsonNode> read, JsonNode standard) {
        all.put(name, new Property<>(read, Access.CLIENT, Optional.of(standard)));
        return this;
    }

    /** One that clients set when they create the object and never after. */
    public Properties<T> immutable(String name, Function<T, JsonNode> read) {
        all.put(name, new Property<>(read, Access.IMMUTABLE, Optional.empty()));
        return this;
    }

    /** Those wanted by a {@code /get}; all when it names none. */
    public SequencedSet<String> wanted(Optional<List<String>> properties) throws MethodException {
        var wanted = new LinkedHashSet<String>(properties.isEmpty() ? all.sequencedKeySet() : properties.get());
        wanted.remove("id"); // always there
        for (var property : wanted) {
            if (!all.containsKey(property)) {
                throw Arguments.invalid("the property \"" + property + "\" is not supported; these are: id, "
                        + String.join(", ", all.keySet()));
            }
        }
        return wanted;
    }

    /** All there are. */
    public SequencedSet<String> all() {
        return new LinkedHashSet<>(all.keySet());
    }

    public ObjectNode json(String id, T one, SequencedSet<String> wanted) {
        var json = JsonNodeFactory.instance.objectNode().put("id", id);
        all.forEach((name, property) -> {
            if (wanted.contains(name)) {
                json.set(name, property.read().apply(one));
            }
        });
        return json;
    }

    /**
     * A new object as its client gave it, with defaults for what was left out.
     *
     * @throws SetException when it has properties that are unknown, or only the server sets
     */
    public ObjectNode created(ObjectNode given) throws SetException {
        var wrong = new TreeSet<String>();
        given.fieldNames().forEachRemaining(name -> {
            var property = all.get(name);
            if (property == null || property.access() == Access.SERVER) {
                wrong.add(name);
            }
        });
        if (!wrong.isEmpty()) {
            throw new SetException(SetError.invalidProperties(wrong, "unknown, or set by the server alone"));
        }
        var object = given.deepCopy();
        all.forEach((name, property) -> {
            if (!object.has(name)) {
                property.standard().ifPresent(standard -> object.set(name, standard));
            }
        });
        return object;
    }

    /** What the client left out of an object that it created: it is told of these (RFC 8620 §5.3). */
    public ObjectNode untold(String id, T made, ObjectNode given) {
        var wanted = new LinkedHashSet<>(all.keySet());
        given.fieldNames().forEachRemaining(wanted::remove);
        return json(id, made, wanted);
    }

    /** An object before and after a patch, of the properties that the patch names. */
    public record Revision(ObjectNode before, ObjectNode after, List<String> changed) {
        public Revision {
            changed = List.copyOf(changed);
        }

        public boolean has(String property) {
            return changed.contains(property);
        }
    }

    /**
     * What the patch makes of the object.
     *
     * @throws SetException when it is no patch of such an object, or would change what its client can't
     */
    public Revision revised(String id, T one, Patch patch) throws SetException {
        var wrong = new ArrayList<String>();
        var before = JsonNodeFactory.instance.objectNode();
        for (var name : patch.properties()) {
            var property = all.get(name);
            if (property != null) {
                before.set(name, property.read().apply(one));
            } else if (name.equals("id")) {
                before.put(name, id);
            } else {
                wrong.add(name);
            }
        }
        if (!wrong.isEmpty()) {
            // what leads through a property that is not there is wrong as a path (RFC 8620 §5.3)
            patch.refuseThrough(wrong);
            throw new SetException(SetError.invalidProperties(wrong, "unknown"));
        }
        var after = patch.applyTo(before, this::standard);
        var changed = new ArrayList<String>();
        for (var name : patch.properties()) {
            if (!Patch.same(after.get(name), before.get(name))) {
                changed.add(name);
                var property = all.get(name);
                if (property == null || property.access() != Access.CLIENT) {
                    wrong.add(name);
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new SetException(
                    SetError.invalidProperties(wrong, "these never change, or only the server sets them"));
        }
        return new Revision(before, after, changed);
    }

    private JsonNode standard(String name) {
        var property = all.get(name);
        return property == null
                ? JsonNodeFactory.instance.nullNode()
                : property.standard().orElseGet(JsonNodeFactory.instance::nullNode);
    }
}
