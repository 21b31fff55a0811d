package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A PatchObject (RFC 8620 §5.3): an unordered set of changes, each at the place that a JSON pointer names. */
public final class Patch {
    /**
     * One change.
     *
     * @param path at least one token, the property's name first
     * @param value null for its default, or to remove it
     */
    public record Change(List<String> path, JsonNode value) {
        public Change {
            path = List.copyOf(path);
        }

        /** As it came, for errors. */
        public String property() {
            return path.getFirst();
        }
    }

    private final List<Change> changes;

    private Patch(List<Change> changes) {
        this.changes = List.copyOf(changes);
    }

    /** @throws SetException when a path is no pointer, or leads through what another one replaces */
    public static Patch parse(ObjectNode patch) throws SetException {
        var byPath = new TreeMap<List<String>, JsonNode>(Patch::compare);
        for (var entry : patch.properties()) {
            var path = new ArrayList<String>();
            for (var raw : entry.getKey().split("/", -1)) {
                path.add(Pointer.token(raw)
                        .orElseThrow(() -> refused("\"" + entry.getKey() + "\" is no JSON pointer without its slash")));
            }
            byPath.put(path, entry.getValue());
        }
        var changes = new ArrayList<Change>();
        @Nullable List<String> before = null;
        for (Map.Entry<List<String>, JsonNode> change : byPath.entrySet()) {
            var path = change.getKey();
            // whatever begins with a path comes right after it
            if (before != null
                    && path.size() > before.size()
                    && path.subList(0, before.size()).equals(before)) {
                throw refused("\"" + String.join("/", path) + "\" lies within \"" + String.join("/", before)
                        + "\", which is set too");
            }
            before = path;
            changes.add(new Change(path, change.getValue()));
        }
        return new Patch(changes);
    }

    public List<Change> changes() {
        return changes;
    }

    /** The properties that it names. */
    public Set<String> properties() {
        var properties = new LinkedHashSet<String>();
        changes.forEach(change -> properties.add(change.property()));
        return properties;
    }

    /** @throws SetException when a path leads through one of these properties, which the object has not */
    public void refuseThrough(Collection<String> absent) throws SetException {
        for (var change : changes) {
            if (change.path().size() > 1 && absent.contains(change.property())) {
                throw refused("\"" + String.join("/", change.path()) + "\" leads through what is not there");
            }
        }
    }

    /**
     * The object as it shall be; what the patch does not name is as it was.
     *
     * @param standard the default value of a property of the object, which may be null
     * @throws SetException when a path leads into an array or through what is not there
     */
    public ObjectNode applyTo(ObjectNode object, Function<String, JsonNode> standard) throws SetException {
        var result = object.deepCopy();
        for (var change : changes) {
            var last = change.path().getLast();
            if (change.path().size() == 1) {
                result.set(last, change.value().isNull() ? standard.apply(last) : change.value());
            } else {
                var parent = parent(result, change);
                if (change.value().isNull()) {
                    parent.remove(last);
                } else {
                    parent.set(last, change.value());
                }
            }
        }
        return result;
    }

    /** Whether two values say the same, whatever kind of number they are held as. */
    public static boolean same(JsonNode one, JsonNode other) {
        return one.equals(
                (a, b) -> a.isNumber() && b.isNumber() && a.decimalValue().compareTo(b.decimalValue()) == 0
                        ? 0
                        : a.equals(b) ? 0 : 1,
                other);
    }

    private static ObjectNode parent(ObjectNode object, Change change) throws SetException {
        var at = object;
        for (var token : change.path().subList(0, change.path().size() - 1)) {
            if (!(at.get(token) instanceof ObjectNode child)) {
                throw refused("\"" + String.join("/", change.path()) + "\" leads through what is no object");
            }
            at = child;
        }
        return at;
    }

    private static int compare(Collection<String> one, Collection<String> other) {
        var others = other.iterator();
        for (var token : one) {
            if (!others.hasNext()) {
                return 1;
            }
            int order = token.compareTo(others.next());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    private static SetException refused(String why) {
        return new SetException(SetError.invalidPatch(why));
    }
}
