package org.merpati.lib.mime.field;

import java.util.List;
import java.util.Optional;

/**
 * The parameters of a field (RFC 2045 §5.1), continuations joined and charsets decoded (RFC 2231), in the order they came.
 *
 * @param all each name in lower case and once
 */
public record Parameters(List<Parameter> all) {
    public static final Parameters NONE = new Parameters(List.of());

    public record Parameter(String name, String value) {}

    public Parameters {
        all = List.copyOf(all);
    }

    /**
     * Reads {@code name=value} with semicolons between them. Of several values of one name the first is taken; pieces of a
     * value (RFC 2231 §3) may come in any order and lack some.
     */
    public static Parameters parse(String text) {
        return new ParameterParser(Folding.remove(text), 0).parse();
    }

    /** The value of the parameter with that name, which is in lower case. */
    public Optional<String> get(String name) {
        for (var parameter : all) {
            if (parameter.name.equals(name)) {
                return Optional.of(parameter.value);
            }
        }
        return Optional.empty();
    }
}
