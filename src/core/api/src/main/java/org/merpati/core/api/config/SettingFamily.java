package org.merpati.core.api.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Settings that there is one of for each name an administrator thinks of: {@code listener.NAME.port}.
 *
 * @param group the first part of the path
 * @param key the last part
 * @param defaultText where none is given, for people; what it means is up to {@link Config}
 */
public record SettingFamily<T>(
        String group,
        String key,
        String defaultText,
        String help,
        boolean secret,
        Function<String, ? extends T> parser) {
    /** Lower case, so that it is the same in the environment. */
    private static final String NAME = "[a-z][a-z0-9-]{0,30}";

    /** {@code listener.NAME.port}. */
    public String pattern() {
        return name("NAME");
    }

    /** {@code listener.mx2.port} for {@code mx2}. */
    public String name(String member) {
        return group + "." + member + "." + key;
    }

    Setting<T> of(String member) {
        return new Setting<>(name(member), defaultText, help, secret, parser);
    }

    /** The member that this setting belongs to; empty when it is none of this family. */
    Optional<String> member(String setting) {
        int end = setting.length() - key.length() - 1;
        if (end <= group.length() + 1 || !setting.startsWith(group + ".") || !setting.endsWith("." + key)) {
            return Optional.empty();
        }
        return Optional.of(setting.substring(group.length() + 1, end)).filter(member -> member.matches(NAME));
    }

    /** The setting that an environment variable means: {@code MERPATI_LISTENER_MX2_PORT}. */
    Optional<String> inEnvironment(String variable) {
        var start = "MERPATI_" + group.toUpperCase(Locale.ROOT) + "_";
        var end = "_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
        if (variable.length() <= start.length() + end.length()
                || !variable.startsWith(start)
                || !variable.endsWith(end)) {
            return Optional.empty();
        }
        var member = variable.substring(start.length(), variable.length() - end.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
        return Optional.of(name(member)).filter(name -> member(name).isPresent());
    }
}
