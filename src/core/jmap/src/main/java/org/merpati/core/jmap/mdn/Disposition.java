package org.merpati.core.jmap.mdn;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The Disposition field (RFC 8098 §3.2.6), in lower case (RFC 9007 §2). Its modifiers are the error field's matter. */
record Disposition(String actionMode, String sendingMode, String type) {
    private static final int LONGEST = 1_000;

    private static final Pattern FIELD = Pattern.compile("(manual-action|automatic-action) ?/ ?"
            + "(mdn-sent-manually|mdn-sent-automatically) ?; ?(deleted|dispatched|displayed|processed)( ?/.*)?");

    /** Empty when it is none. */
    static Optional<Disposition> parse(String body) {
        if (body.length() > LONGEST) {
            return Optional.empty();
        }
        var field = FIELD.matcher(body.strip().replaceAll("[ \t\r\n]+", " ").toLowerCase(Locale.ROOT));
        return field.matches()
                ? Optional.of(new Disposition(field.group(1), field.group(2), field.group(3)))
                : Optional.empty();
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("actionMode", actionMode)
                .put("sendingMode", sendingMode)
                .put("type", type);
    }
}
