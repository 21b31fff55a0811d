package org.merpati.check.conformance.jmap;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One method call. Its arguments are written with single quotes for double ones and without the account; each {@code ?} stands for
 * the next value: text is quoted, a list or a JSON value is written as it is.
 */
record Call(String method, String arguments) {
    static Call of(String method, String arguments, Object... values) {
        return new Call(method, fill(arguments, values));
    }

    static String fill(String template, Object... values) {
        var filled = new StringBuilder();
        int next = 0;
        for (int at = 0; at < template.length(); at++) {
            char c = template.charAt(at);
            switch (c) {
                case '\'' -> filled.append('"');
                case '?' -> filled.append(written(values[next++]));
                default -> filled.append(c);
            }
        }
        if (next != values.length) {
            throw new IllegalArgumentException(values.length + " values for " + template);
        }
        return filled.toString();
    }

    private static String written(Object value) {
        return switch (value) {
            case JsonNode node -> node.toString();
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> Jmap.JSON.valueToTree(value).toString();
        };
    }
}
