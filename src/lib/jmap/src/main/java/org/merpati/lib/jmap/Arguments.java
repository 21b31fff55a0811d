package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments of one call by name and type, each at most once; {@link #end} refuses what nobody asked for
 * (RFC 8620 §3.9: unknown arguments are invalid ones). What may be null may be missing (§3.5).
 */
public final class Arguments {
    private static final long MOST = (1L << 53) - 1; // RFC 8620 §1.3

    private final ObjectNode arguments;
    private final Set<String> read = new HashSet<>();

    public Arguments(ObjectNode arguments) {
        this.arguments = arguments;
    }

    /** The value as it is; empty when it is missing or null. */
    public Optional<JsonNode> any(String name) {
        read.add(name);
        var value = arguments.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    /** Whether it is there, be it null. */
    public boolean has(String name) {
        return arguments.has(name);
    }

    public String string(String name) throws MethodException {
        return optionalString(name).orElseThrow(() -> invalid("\"" + name + "\" is missing"));
    }

    public Optional<String> optionalString(String name) throws MethodException {
        var value = any(name);
        check(value.isEmpty() || value.get().isTextual(), name, "a string");
        return value.map(JsonNode::textValue);
    }

    public boolean flag(String name, boolean otherwise) throws MethodException {
        var value = given(name);
        check(value == null || value.isBoolean(), name, "true or false");
        return value == null ? otherwise : value.booleanValue();
    }

    /** An Int. */
    public long integer(String name, long otherwise) throws MethodException {
        var value = given(name);
        check(value == null || isInt(value, -MOST), name, "an integer");
        return value == null ? otherwise : value.longValue();
    }

    /** An UnsignedInt or null. */
    public Optional<Long> optionalUnsigned(String name) throws MethodException {
        var value = any(name);
        check(value.isEmpty() || isInt(value.get(), 0), name, "a number from 0 up");
        return value.map(JsonNode::longValue);
    }

    /** A list of strings or null. */
    public Optional<List<String>> optionalStrings(String name) throws MethodException {
        var value = any(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        check(value.get().isArray(), name, "a list of strings");
        var strings = new ArrayList<String>(value.get().size());
        for (var item : value.get()) {
            check(item.isTextual(), name, "a list of strings");
            strings.add(item.textValue());
        }
        return Optional.of(strings);
    }

    public List<String> strings(String name) throws MethodException {
        return optionalStrings(name).orElseThrow(() -> invalid("\"" + name + "\" is missing"));
    }

    /** A map of objects (RFC 8620 §1.1), in the order given; empty when it is missing or null. */
    public SequencedMap<String, ObjectNode> objects(String name) throws MethodException {
        var value = any(name);
        check(value.isEmpty() || value.get().isObject(), name, "an object of objects");
        var objects = new LinkedHashMap<String, ObjectNode>();
        if (value.isPresent()) {
            for (var entry : value.get().properties()) {
                check(entry.getValue().isObject(), name, "an object of objects");
                objects.put(entry.getKey(), (ObjectNode) entry.getValue());
            }
        }
        return objects;
    }

    /** Refuses arguments that none of the others asked for. */
    public void end() throws MethodException {
        for (var name : arguments.properties()) {
            if (!read.contains(name.getKey())) {
                throw invalid("the argument \"" + name.getKey() + "\" is not known here");
            }
        }
    }

    public static MethodException invalid(String description) {
        return new MethodException(new MethodError.InvalidArguments(description));
    }

    private @Nullable JsonNode given(String name) {
        read.add(name);
        return arguments.get(name);
    }

    private static boolean isInt(JsonNode value, long least) {
        return value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= least
                && value.longValue() <= MOST;
    }

    private static void check(boolean holds, String name, String otherwise) throws MethodException {
        if (!holds) {
            throw invalid("\"" + name + "\" must be " + otherwise);
        }
    }
}
