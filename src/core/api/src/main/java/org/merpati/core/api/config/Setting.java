package org.merpati.core.api.config;

import java.util.Locale;
import java.util.function.Function;

/**
 * One thing an administrator can set.
 *
 * @param name kebab-case path, {@code smtp.port}
 * @param defaultText the default, in the form an administrator would write
 * @param help one sentence for the reference page
 * @param secret whether the value is masked wherever it is printed
 * @param parser text to value; throws IllegalArgumentException that says what would be right
 */
public record Setting<T>(
        String name, String defaultText, String help, boolean secret, Function<String, ? extends T> parser) {

    /** {@code MERPATI_SMTP_PORT} for {@code smtp.port}. */
    public String environmentName() {
        return "MERPATI_" + name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The {@code -D} property: {@code merpati.smtp.port}. */
    public String propertyName() {
        return "merpati." + name;
    }

    T parse(String text, String source) {
        try {
            return parser.apply(text.strip());
        } catch (IllegalArgumentException e) {
            String shown = secret ? "(hidden)" : '"' + text + '"';
            throw new ConfigException(name + " (from " + source + "): " + shown + " is not right: " + e.getMessage());
        }
    }
}
