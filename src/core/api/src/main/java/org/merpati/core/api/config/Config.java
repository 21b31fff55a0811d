package org.merpati.core.api.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The effective settings, each with where it came from. Immutable; made once at start.
 *
 * <p>Build it with {@link #from}: the order of the calls there is the order of DESIGN §2.25.
 */
public final class Config {
    /** One setting's value as it took effect. */
    public record Entry(Setting<?> setting, Object value, String text, String source) {
        /** The value for people: secrets masked. */
        public String shown() {
            return setting.secret() && !text.isEmpty() ? "********" : text;
        }
    }

    /** System properties of the build and the launcher that share the prefix. */
    private static final Set<String> NOT_SETTINGS = Set.of("merpati.shared", "merpati.home");

    private final Map<String, Entry> entries;

    private Config(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /** The value of a setting. */
    @SuppressWarnings("unchecked") // an entry's value was made by its own setting's parser
    public <T> T get(Setting<T> setting) {
        return (T) entry(setting).value();
    }

    public Entry entry(Setting<?> setting) {
        var entry = entries.get(setting.name());
        if (entry == null) {
            throw new IllegalArgumentException("no such setting: " + setting.name());
        }
        return entry;
    }

    /** All entries in the catalogue's order. */
    public Iterable<Entry> entries() {
        return entries.values();
    }

    /**
     * Reads all sources.
     *
     * @param given settings of the container or of {@code --set}, by name; they win over everything else
     * @param givenSource how to call them in messages
     * @throws ConfigException for an unknown name, a wrong value, or values that may not stand together
     */
    public static Config from(
            Map<String, String> given, String givenSource, Map<String, String> environment, Properties system) {
        var texts = new LinkedHashMap<String, Text>();
        collect(texts, environment, system);
        given.forEach((name, text) -> put(texts, name, text, givenSource));

        // the properties file lies in the data folder, so that folder is found first; the file loses to all others
        var data = Settings.DATA.parse(
                texts.containsKey("data") ? texts.get("data").text() : Settings.DATA.defaultText(), "data");
        readFile(data.resolve("merpati.properties")).forEach((name, text) -> {
            if (known(name, "merpati.properties").equals("data")) {
                throw new ConfigException("data can't stand in merpati.properties, which lies in that folder");
            }
            texts.putIfAbsent(name, new Text(text, "merpati.properties"));
        });

        var entries = new LinkedHashMap<String, Entry>();
        for (var setting : Settings.all()) {
            var text = texts.getOrDefault(setting.name(), new Text(setting.defaultText(), "default"));
            entries.put(
                    setting.name(),
                    new Entry(setting, setting.parse(text.text(), text.source()), text.text(), text.source()));
        }
        var config = new Config(entries);
        config.refuseUnsafe();
        return config;
    }

    /** The settings of this process with {@code --set} values, or a container's, on top. */
    public static Config load(Map<String, String> given, String givenSource) {
        return from(given, givenSource, System.getenv(), System.getProperties());
    }

    /** Whether every listener is bound to loopback. */
    public boolean loopbackOnly() {
        return get(Settings.BIND).stream().allMatch(Config::isLoopback);
    }

    private record Text(String text, String source) {}

    private static void collect(Map<String, Text> texts, Map<String, String> environment, Properties system) {
        for (var setting : Settings.all()) {
            var value = environment.get(setting.environmentName());
            var file = environment.get(setting.environmentName() + "_FILE");
            if (value != null) {
                texts.put(setting.name(), new Text(value, "environment " + setting.environmentName()));
            } else if (file != null) {
                texts.put(setting.name(), new Text(readSecret(Path.of(file)), "file " + file));
            }
        }
        for (var name : system.stringPropertyNames()) {
            if (name.startsWith("merpati.") && !NOT_SETTINGS.contains(name)) {
                put(texts, name.substring("merpati.".length()), system.getProperty(name), "system property " + name);
            }
        }
    }

    private static void put(Map<String, Text> texts, String name, String text, String source) {
        texts.put(known(name, source), new Text(text, source));
    }

    private static String known(String name, String source) {
        if (Settings.all().stream().noneMatch(setting -> setting.name().equals(name))) {
            var near = Settings.all().stream()
                    .map(Setting::name)
                    .filter(other -> other.endsWith("." + name.substring(name.lastIndexOf('.') + 1))
                            || other.startsWith(name.replaceAll("\\..*", "") + "."))
                    .collect(Collectors.joining(", "));
            throw new ConfigException("unknown setting " + name + " (from " + source + ")"
                    + (near.isEmpty() ? "; `merpati config` lists all" : "; did you mean one of: " + near + "?"));
        }
        return name;
    }

    private static Map<String, String> readFile(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("can't read " + file + ": " + e.getMessage());
        }
        return properties.stringPropertyNames().stream().collect(Collectors.toMap(n -> n, properties::getProperty));
    }

    private static String readSecret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigException("can't read " + file + ": " + e.getMessage());
        }
    }

    private void refuseUnsafe() {
        if (loopbackOnly()) {
            return;
        }
        if (get(Settings.AUTH_ALLOW_PLAINTEXT)) {
            throw new ConfigException("auth.allow-plaintext=true needs every bind to be loopback, and bind is "
                    + entry(Settings.BIND).text());
        }
        if (!get(Settings.LIMITS_ENABLED)) {
            throw new ConfigException("limits.enabled=false needs every bind to be loopback, and bind is "
                    + entry(Settings.BIND).text());
        }
    }

    private static boolean isLoopback(String address) {
        return address.equals("localhost")
                || address.equals("::1")
                || address.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+");
    }
}
