package org.merpati.lib.sasl.server;

import java.util.Optional;

/**
 * What a client without a good token is told (RFC 7628 §3.2.2).
 *
 * @param scope the scope to ask for
 * @param openidConfiguration the https address of the issuer's metadata
 */
public record OAuthHints(Optional<String> scope, Optional<String> openidConfiguration) {
    public static OAuthHints none() {
        return new OAuthHints(Optional.empty(), Optional.empty());
    }

    /** {@code status} and what is known, as a JSON object. */
    String json(String status, String... more) {
        var json = new StringBuilder("{");
        member(json, "status", status);
        for (int i = 0; i + 1 < more.length; i += 2) {
            member(json, more[i], more[i + 1]);
        }
        scope.ifPresent(value -> member(json, "scope", value));
        openidConfiguration.ifPresent(value -> member(json, "openid-configuration", value));
        return json.append('}').toString();
    }

    private static void member(StringBuilder json, String name, String value) {
        json.append(json.length() == 1 ? "" : ",").append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
