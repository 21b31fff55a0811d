package org.merpati.lib.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.merpati.lib.imap.CommandReader;

/**
 * ID. RFC 2971 §3.1.
 *
 * @param fields by their names in lower case, as far as the client gives them a value
 */
public record Id(Map<String, String> fields) implements AnyStateCommand {
    private static final int MOST = 30;

    public Id {
        fields = Map.copyOf(fields);
    }

    static Id parse(CommandReader in) {
        var fields = new LinkedHashMap<String, String>();
        if (!in.space().acceptWord("NIL")) {
            in.listOrNone(MOST, field -> put(field, fields));
        }
        in.end();
        return new Id(fields);
    }

    private static String put(CommandReader in, Map<String, String> fields) {
        var name = text(in.string()).toLowerCase(Locale.ROOT);
        if (!in.space().acceptWord("NIL")) {
            fields.put(name, text(in.string()));
        }
        return name;
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
