package org.merpati.core.api.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The entries of settings that have a member's name in them: listeners, certificates and throttles. */
final class Members {
    private static final String DEFAULT = "default";

    private final Map<String, Given> given;
    private final Map<String, Config.Entry> entries;

    /** A text and where it came from. */
    record Given(String text, String source) {}

    /**
     * @param given what sources say, by name
     * @param entries of the settings without members, to which these are added
     */
    Members(Map<String, Given> given, Map<String, Config.Entry> entries) {
        this.given = given;
        this.entries = entries;
    }

    /** Adds the entries of every listener: of the usual ones first, in the protocols' order, then of others by name. */
    List<ListenerSettings> listeners() {
        var all = new LinkedHashMap<String, Boolean>();
        for (var protocol : ListenerProtocol.values()) {
            all.put(protocol.text(), true);
        }
        names("listener").forEach(name -> all.putIfAbsent(name, false));
        return all.entrySet().stream()
                .map(one -> listener(one.getKey(), one.getValue()))
                .flatMap(List::stream)
                .toList();
    }

    private List<ListenerSettings> listener(String name, boolean usual) {
        var protocol = protocol(name, usual);
        boolean enabled = add(Settings.LISTENER_ENABLED, name, new Given("true", DEFAULT));
        int port = usual
                ? (Integer) entry(name + ".port").value()
                : add(Settings.LISTENER_PORT, name, needed(Settings.LISTENER_PORT.name(name), "listener " + name));
        var bind = add(
                Settings.LISTENER_BIND,
                name,
                usual && protocol == ListenerProtocol.LMTP
                        ? new Given("127.0.0.1", DEFAULT)
                        : inherited(Settings.BIND));
        var tls = add(
                Settings.LISTENER_TLS, name, new Given(protocol.usual().name().toLowerCase(Locale.ROOT), DEFAULT));
        if (!protocol.possible().contains(tls)) {
            var entry = entry(Settings.LISTENER_TLS.name(name));
            throw new ConfigException(entry.setting().name() + " (from " + entry.source() + "): \"" + entry.text()
                    + "\" is not right: with " + protocol.text() + " it must be one of "
                    + protocol.possible().toString().toLowerCase(Locale.ROOT));
        }
        var trusted = add(Settings.LISTENER_PROXY_TRUSTED, name, inherited(Settings.PROXY_TRUSTED));
        return enabled ? List.of(new ListenerSettings(name, protocol, bind, port, tls, trusted)) : List.of();
    }

    private ListenerProtocol protocol(String name, boolean usual) {
        var setting = Settings.LISTENER_PROTOCOL.name(name);
        var protocol = add(
                Settings.LISTENER_PROTOCOL,
                name,
                usual ? new Given(name, DEFAULT) : needed(setting, "listener " + name));
        if (usual && !protocol.text().equals(name)) {
            throw new ConfigException(setting + " (from " + entry(setting).source() + "): listener " + name + " speaks "
                    + name + "; one that speaks " + protocol.text() + " needs another name");
        }
        return protocol;
    }

    /** Adds the entries of every certificate that has a name. */
    List<CertificateSettings> certificates() {
        return names("tls").stream().map(this::certificate).toList();
    }

    private CertificateSettings certificate(String name) {
        var setting = Settings.TLS_NAME_CERTIFICATE.name(name);
        var none = new Given("", DEFAULT);
        var certificate = add(Settings.TLS_NAME_CERTIFICATE, name, none)
                .orElseThrow(() -> new ConfigException(setting + " is missing: there are other settings for " + name));
        return new CertificateSettings(
                setting,
                certificate,
                add(Settings.TLS_NAME_KEY, name, none),
                add(Settings.TLS_NAME_PASSWORD, name, none));
    }

    /** @param whose {@code listener mx2}, for the message */
    Given needed(String setting, String whose) {
        if (!given.containsKey(setting)) {
            throw new ConfigException(
                    setting + " is missing: there are other settings for a " + whose + ", so it needs that");
        }
        return given.get(setting);
    }

    private Given inherited(Setting<?> setting) {
        return new Given(entry(setting.name()).text(), setting.name());
    }

    /** One that is there already. */
    Config.Entry entry(String name) {
        return Objects.requireNonNull(entries.get(name), name);
    }

    /** Adds this member's entry and gives its value. */
    <T> T add(SettingFamily<T> family, String name, Given otherwise) {
        var setting = family.of(name);
        var text = given.getOrDefault(setting.name(), otherwise);
        var value = setting.parse(text.text(), text.source());
        entries.put(setting.name(), new Config.Entry(setting, value, text.text(), text.source()));
        return value;
    }

    static Given otherwise(String text) {
        return new Given(text, DEFAULT);
    }

    /** Those that sources have settings for. */
    SortedSet<String> names(String group) {
        return given.keySet().stream()
                .flatMap(name -> Settings.families().stream()
                        .filter(family -> family.group().equals(group))
                        .flatMap(family -> family.member(name).stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
