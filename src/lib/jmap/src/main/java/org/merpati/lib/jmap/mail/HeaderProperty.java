package org.merpati.lib.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.mime.Header;

/**
 * A property that stands for a header field (RFC 8621 §4.1.3): {@code header:Subject:asText:all}.
 *
 * @param property as the client writes it
 * @param field the field's name
 * @param all whether it is a list of all the fields of that name, and not the last one alone
 */
public record HeaderProperty(String property, String field, HeaderForm form, boolean all) {
    private static final String PREFIX = "header:";

    /** One of those that Email has under a name of its own. */
    public static HeaderProperty named(String property, String field, HeaderForm form) {
        return new HeaderProperty(property, field, form, false);
    }

    public static boolean is(String property) {
        return property.startsWith(PREFIX);
    }

    /** @throws MethodException when it names no field, or a form that is none or not the field's */
    public static HeaderProperty parse(String property) throws MethodException {
        var pieces = property.split(":", -1);
        var field = pieces.length > 1 ? pieces[1] : "";
        int next = 2;
        var form = HeaderForm.RAW;
        if (next < pieces.length && pieces[next].startsWith("as")) {
            form = HeaderForm.named(pieces[next].substring(2))
                    .orElseThrow(() -> Arguments.invalid("\"" + property + "\" has a form that is not known"));
            next++;
        }
        boolean all = next < pieces.length && pieces[next].equals("all");
        if (all) {
            next++;
        }
        boolean printable = !field.isEmpty() && field.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!is(property) || !printable || next != pieces.length) {
            throw Arguments.invalid("\"" + property + "\" names no header field");
        }
        if (!form.isFor(field)) {
            throw Arguments.invalid("\"" + property + "\": that field has no such form");
        }
        return new HeaderProperty(property, field, form, all);
    }

    public JsonNode read(Header header) {
        if (!all) {
            return header.last(field).map(form::read).orElseGet(JsonNodeFactory.instance::nullNode);
        }
        var list = JsonNodeFactory.instance.arrayNode();
        header.all(field).forEach(one -> list.add(form.read(one)));
        return list;
    }
}
