package org.merpati.lib.sasl.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.merpati.lib.sasl.SaslSyntaxException;

/** The directives of DIGEST-MD5, {@code name=value} or {@code name="value"} between commas (RFC 2831 §7). */
record DigestChallenge(List<Directive> directives) {
    private static final int MAX_DIRECTIVES = 64;

    record Directive(String name, String value) {}

    static DigestChallenge parse(String text) {
        var directives = new ArrayList<Directive>();
        int at = blanks(text, 0);
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0 || directives.size() == MAX_DIRECTIVES) {
                throw new SaslSyntaxException("expected a directive");
            }
            var name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            var value = new StringBuilder();
            at = value(text, blanks(text, equals + 1), value);
            directives.add(new Directive(name, value.toString()));
            if (at < text.length() && text.charAt(at) != ',') {
                throw new SaslSyntaxException("expected a comma");
            }
            at = blanks(text, at);
        }
        return new DigestChallenge(List.copyOf(directives));
    }

    /** Over blanks and the empty elements that the list rule allows. */
    private static int blanks(String text, int from) {
        int at = from;
        while (at < text.length() && " \t\r\n,".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static int value(String text, int from, StringBuilder value) {
        int at = from;
        if (at >= text.length() || text.charAt(at) != '"') {
            while (at < text.length() && text.charAt(at) != ',') {
                value.append(text.charAt(at++));
            }
            var token = value.toString().strip();
            value.setLength(0);
            value.append(token);
            return at;
        }
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at < text.length()) {
                value.append(text.charAt(at));
            }
        }
        if (at >= text.length()) {
            throw new SaslSyntaxException("expected a closing quote");
        }
        at++;
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** The values of the directive, in their order. */
    List<String> all(String name) {
        return directives.stream()
                .filter(each -> each.name.equals(name))
                .map(Directive::value)
                .toList();
    }

    /** The value of a directive that may stand once. */
    Optional<String> one(String name) {
        var all = all(name);
        if (all.size() > 1) {
            throw new SaslSyntaxException("directive " + name + " more than once");
        }
        return all.stream().findFirst();
    }
}
