package org.merpati.lib.expression;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a source may name: variables, which {@link Variables} give when it is evaluated, and constants. */
public final class Names {
    private final Set<String> variables;
    private final Map<String, Value> constants;

    private Names(Set<String> variables, Map<String, Value> constants) {
        this.variables = variables;
        this.constants = constants;
        variables.forEach(Names::check);
        constants.keySet().forEach(Names::check);
    }

    public static Names of(String... variables) {
        return new Names(new TreeSet<>(Set.of(variables)), Map.of());
    }

    /** These and constants, which come before variables of the same name. */
    public Names with(Map<String, Value> constants) {
        var all = new TreeMap<>(this.constants);
        all.putAll(constants);
        return new Names(variables, all);
    }

    /** Letters, digits, underscores and dots, and none of the language's own words. */
    private static void check(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*") || Lexer.WORDS.contains(name)) {
            throw new IllegalArgumentException("not a name: " + name);
        }
    }

    boolean has(String variable) {
        return variables.contains(variable);
    }

    Optional<Value> constant(String name) {
        return Optional.ofNullable(constants.get(name));
    }

    /** All of them, for messages. */
    @Override
    public String toString() {
        var all = new TreeSet<>(variables);
        all.addAll(constants.keySet());
        return String.join(", ", all);
    }
}
