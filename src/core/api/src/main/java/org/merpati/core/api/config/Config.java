package org.merpati.core.api.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.merpati.core.api.config.Members.Given;

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
    private final List<ListenerSettings> listeners;
    private final List<CertificateSettings> certificates;
    private final List<ThrottleSettings> throttles;

    private Config(
            Map<String, Entry> entries,
            List<ListenerSettings> listeners,
            List<CertificateSettings> certificates,
            List<ThrottleSettings> throttles) {
        this.entries = entries;
        this.listeners = listeners;
        this.certificates = certificates;
        this.throttles = throttles;
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

    /** The mail listeners to open: the usual ones, then those with names of their own. */
    public List<ListenerSettings> listeners() {
        return listeners;
    }

    /** The certificates that have names, in the names' order; {@code tls.certificate} is not among them. */
    public List<CertificateSettings> certificates() {
        return certificates;
    }

    /** The limits per time that are enabled, in their names' order. */
    public List<ThrottleSettings> throttles() {
        return throttles;
    }

    /** All entries in the catalogue's order, those with a name in them last. */
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
        var texts = new LinkedHashMap<String, Given>();
        fromEnvironment(environment).forEach(texts::put);
        fromSystem(system).forEach(texts::put);
        named(given, name -> givenSource).forEach(texts::put);

        // the properties file lies in the data folder, so that folder is found first; the file loses to all others
        var data = Settings.DATA.parse(
                texts.containsKey("data") ? texts.get("data").text() : Settings.DATA.defaultText(), "data");
        var file = named(readFile(data.resolve("merpati.properties")), name -> "merpati.properties");
        if (file.containsKey("data")) {
            throw new ConfigException("data can't stand in merpati.properties, which lies in that folder");
        }
        file.forEach(texts::putIfAbsent);

        var entries = new LinkedHashMap<String, Entry>();
        for (var setting : Settings.all()) {
            var text = texts.getOrDefault(setting.name(), new Given(setting.defaultText(), "default"));
            entries.put(
                    setting.name(),
                    new Entry(setting, setting.parse(text.text(), text.source()), text.text(), text.source()));
        }
        var members = new Members(texts, entries);
        var config =
                new Config(entries, members.listeners(), members.certificates(), new ThrottleMembers(members).all());
        config.refuseKeyAlone();
        config.refuseUnsafe();
        return config;
    }

    /** The settings of this process with {@code --set} values, or a container's, on top. */
    public static Config load(Map<String, String> given, String givenSource) {
        return from(given, givenSource, System.getenv(), System.getProperties());
    }

    /** Whether every listener is bound to loopback. */
    public boolean loopbackOnly() {
        return Stream.concat(
                        get(Settings.BIND).stream(), listeners.stream().flatMap(listener -> listener.bind().stream()))
                .allMatch(Config::isLoopback);
    }

    private static Map<String, Given> fromEnvironment(Map<String, String> environment) {
        var texts = new LinkedHashMap<String, Given>();
        environment.forEach((variable, value) -> {
            var name = inEnvironment(variable);
            var whole = variable.endsWith("_FILE") && name.isEmpty()
                    ? inEnvironment(variable.substring(0, variable.length() - "_FILE".length()))
                    : Optional.<String>empty();
            name.ifPresent(setting -> texts.put(setting, new Given(value, "environment " + variable)));
            whole.filter(setting -> !environment.containsKey(variable.replaceFirst("_FILE$", "")))
                    .ifPresent(setting -> texts.put(setting, new Given(readSecret(Path.of(value)), "file " + value)));
        });
        return once(texts);
    }

    /** The setting that a variable means; empty when it means none, as most do. */
    private static Optional<String> inEnvironment(String variable) {
        return Stream.concat(
                        Settings.all().stream()
                                .filter(setting -> setting.environmentName().equals(variable))
                                .map(Setting::name),
                        Settings.families().stream().flatMap(family -> family.inEnvironment(variable).stream()))
                .findFirst();
    }

    private static Map<String, Given> fromSystem(Properties system) {
        var given = system.stringPropertyNames().stream()
                .filter(name -> name.startsWith("merpati.") && !NOT_SETTINGS.contains(name))
                .collect(Collectors.toMap(name -> name.substring("merpati.".length()), system::getProperty));
        return named(given, name -> "system property merpati." + name);
    }

    /** One source's settings by the names that entries have. */
    private static Map<String, Given> named(Map<String, String> given, UnaryOperator<String> source) {
        var texts = new LinkedHashMap<String, Given>();
        given.forEach((name, text) -> texts.put(known(name, source.apply(name)), new Given(text, source.apply(name))));
        return once(texts);
    }

    /** Long names made short: {@code smtp.port} for {@code listener.smtp.port}. */
    private static Map<String, Given> once(Map<String, Given> texts) {
        for (var protocol : ListenerProtocol.values()) {
            var name = protocol.text() + ".port";
            var same = texts.remove("listener." + name);
            var other = same == null ? null : texts.putIfAbsent(name, same);
            if (same != null && other != null && !other.text().equals(same.text())) {
                throw new ConfigException(name + " is \"" + other.text() + "\" and listener." + name + " \""
                        + same.text() + "\" (from " + same.source() + "): they are one setting");
            }
        }
        return texts;
    }

    private static String known(String name, String source) {
        var families = Settings.families();
        if (Settings.all().stream().noneMatch(setting -> setting.name().equals(name))
                && families.stream().noneMatch(family -> family.member(name).isPresent())) {
            var near = Stream.concat(
                            Settings.all().stream().map(Setting::name),
                            families.stream().map(SettingFamily::pattern))
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

    private void refuseKeyAlone() {
        if (get(Settings.TLS_KEY).isPresent() && get(Settings.TLS_CERTIFICATE).isEmpty()) {
            throw new ConfigException("tls.key (from " + entry(Settings.TLS_KEY).source() + ") needs tls.certificate");
        }
    }

    private void refuseUnsafe() {
        if (loopbackOnly()) {
            return;
        }
        if (get(Settings.AUTH_ALLOW_PLAINTEXT)) {
            throw new ConfigException("auth.allow-plaintext=true needs every bind to be loopback, and " + binds());
        }
        if (!get(Settings.LIMITS_ENABLED)) {
            throw new ConfigException("limits.enabled=false needs every bind to be loopback, and " + binds());
        }
    }

    private String binds() {
        return Stream.concat(
                        Stream.of(entry(Settings.BIND)),
                        listeners.stream().map(listener -> entry(Settings.LISTENER_BIND.of(listener.name()))))
                .filter(entry -> !Settings.BIND.name().equals(entry.source()))
                .filter(entry -> !Arrays.stream(entry.text().split(",", -1))
                        .map(String::strip)
                        .allMatch(Config::isLoopback))
                .map(entry -> entry.setting().name() + " is " + entry.text())
                .collect(Collectors.joining(", "));
    }

    private static boolean isLoopback(String address) {
        return address.equals("localhost")
                || address.equals("::1")
                || address.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+");
    }
}
