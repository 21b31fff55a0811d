package org.merpati.core.imap;

import java.util.Map;

/** What a client calls itself (RFC 2971 §3.3), cut and cleaned for a log. */
final class ClientName {
    private static final int LONGEST = 60;

    private ClientName() {}

    static String of(Map<String, String> fields) {
        return clean(fields.getOrDefault("name", "?")) + " " + clean(fields.getOrDefault("version", "?"));
    }

    private static String clean(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST)).replaceAll("[^ -~]", "?");
    }
}
