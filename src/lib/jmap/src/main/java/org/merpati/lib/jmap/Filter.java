package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A filter (RFC 8620 §5.5): conditions of a type, and operators over them.
 *
 * @param <C> a type's FilterCondition
 */
public sealed interface Filter<C> {
    /** What a filter may cost: each condition is asked of each object. */
    int MOST = 500;

    enum Operator {
        AND,
        OR,
        /** None of them. */
        NOT
    }

    record Combined<C>(Operator operator, List<Filter<C>> conditions) implements Filter<C> {
        public Combined {
            conditions = List.copyOf(conditions);
        }
    }

    record Condition<C>(C condition) implements Filter<C> {}

    /** Reads a type's FilterCondition. */
    @FunctionalInterface
    interface Reader<C> {
        C read(Arguments condition) throws MethodException;
    }

    /** No filter at all matches everything. */
    static <C> Filter<C> parse(Optional<JsonNode> filter, Reader<C> reader) throws MethodException {
        if (filter.isEmpty()) {
            return new Combined<>(Operator.AND, List.of());
        }
        return new Parsing<>(reader).parse(filter.get());
    }

    /** One filter, whose conditions are counted. Its depth is that of its JSON, which has a limit. */
    final class Parsing<C> {
        private final Reader<C> reader;
        private int count;

        private Parsing(Reader<C> reader) {
            this.reader = reader;
        }

        private Filter<C> parse(JsonNode filter) throws MethodException {
            if (!(filter instanceof ObjectNode object)) {
                throw Arguments.invalid("a filter must be an object or null");
            }
            if (++count > MOST) {
                throw new MethodException(
                        new MethodError.UnsupportedFilter("more than " + MOST + " operators and conditions"));
            }
            var in = new Arguments(object);
            if (!object.has("operator")) {
                var condition = reader.read(in);
                in.end();
                return new Condition<>(condition);
            }
            var operator = operator(in.string("operator"));
            var conditions = new ArrayList<Filter<C>>();
            var given = in.any("conditions");
            if (given.isEmpty() || !given.get().isArray()) {
                throw Arguments.invalid("\"conditions\" must be a list of filters");
            }
            for (var condition : given.get()) {
                conditions.add(parse(condition));
            }
            in.end();
            return new Combined<>(operator, conditions);
        }

        private static Operator operator(String name) throws MethodException {
            return switch (name) {
                case "AND" -> Operator.AND;
                case "OR" -> Operator.OR;
                case "NOT" -> Operator.NOT;
                default -> throw Arguments.invalid("\"operator\" must be AND, OR or NOT");
            };
        }
    }
}
