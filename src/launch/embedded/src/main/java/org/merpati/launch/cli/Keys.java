package org.merpati.launch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads JSON that somebody wrote by hand: what is wrong is {@link Refused} with its place, {@code attachments[1].nmae}. */
final class Keys {
    private Keys() {}

    interface Reader {
        /** Takes a key's value; false for a key that is not known, {@link IllegalArgumentException} for a value that is wrong. */
        boolean read(String path, String key, JsonNode value);
    }

    interface Element {
        void read(String path, JsonNode value);
    }

    /** Hands on each key of an object. */
    static void read(String path, JsonNode object, Reader reader) {
        if (!object.isObject()) {
            throw new Refused((path.isEmpty() ? "the description" : path) + ": an object {…} is needed");
        }
        for (var entry : object.properties()) {
            var at = path.isEmpty() ? entry.getKey() : path + '.' + entry.getKey();
            try {
                if (!reader.read(at, entry.getKey(), entry.getValue())) {
                    throw new Refused(at + ": this key is not known; merpati mime build --help lists those that are");
                }
            } catch (IllegalArgumentException e) {
                throw new Refused(at + ": " + e.getMessage());
            }
        }
    }

    /** Hands on each element of a list. */
    static void each(String path, JsonNode list, Element element) {
        if (!list.isArray()) {
            throw new Refused(path + ": a list […] is needed");
        }
        for (int i = 0; i < list.size(); i++) {
            var at = path + '[' + i + ']';
            try {
                element.read(at, list.path(i));
            } catch (IllegalArgumentException e) {
                throw new Refused(at + ": " + e.getMessage());
            }
        }
    }

    static String text(JsonNode value) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException("a string is needed");
        }
        return value.textValue();
    }

    /** A string, or a list of strings. */
    static List<String> texts(JsonNode value) {
        if (!value.isArray()) {
            return List.of(text(value));
        }
        return StreamSupport.stream(value.spliterator(), false).map(Keys::text).toList();
    }
}
