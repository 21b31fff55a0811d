package org.merpati.web.page;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with {@code ${name}} in it. */
final class Template {
    private static final Pattern HOLE = Pattern.compile("\\$\\{([a-z-]+)}");

    private final String text;

    Template(String text) {
        this.text = text;
    }

    /** @param values HTML as it is to stand there: whoever makes it escapes what needs it */
    String fill(Map<String, String> values) {
        return HOLE.matcher(text).replaceAll(hole -> {
            var value = values.get(hole.group(1));
            if (value == null) {
                throw new IllegalStateException("nothing for " + hole.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
