package org.merpati.core.api.config;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.merpati.core.api.config.Members.Given;

/**
 * The throttles of the settings. Two are there already, with rates that a server with many users doesn't reach in its usual
 * day: from one address a connection every fifth of a second with 300 at once, and from one domain to one recipient 1,000
 * messages an hour. Both leave alone who submits mail, and the first one this machine.
 */
final class ThrottleMembers {
    private static final Map<String, Map<SettingFamily<?>, String>> USUAL = Map.of(
            "connections",
            Map.of(
                    Settings.THROTTLE_KEYS,
                    "remote-ip",
                    Settings.THROTTLE_RATE,
                    "300/1m",
                    Settings.THROTTLE_MATCH,
                    "protocol == 'smtp' && remote_ip != '0:0:0:0:0:0:0:1' && !is_ip_in_cidr(remote_ip, '127.0.0.0/8')"),
            "sender-to-recipient",
            Map.of(
                    Settings.THROTTLE_KEYS,
                    "sender-domain,rcpt",
                    Settings.THROTTLE_RATE,
                    "1000/1h",
                    Settings.THROTTLE_MATCH,
                    "protocol == 'smtp'"));

    private final Members members;

    ThrottleMembers(Members members) {
        this.members = members;
    }

    /** Adds the entries of every throttle, and gives those that are enabled, in their names' order. */
    List<ThrottleSettings> all() {
        var names = new TreeSet<>(USUAL.keySet());
        names.addAll(members.names("throttle"));
        return names.stream().map(this::one).flatMap(Optional::stream).toList();
    }

    private Optional<ThrottleSettings> one(String name) {
        boolean enabled = members.add(Settings.THROTTLE_ENABLED, name, Members.otherwise("true"));
        var keys = members.add(Settings.THROTTLE_KEYS, name, otherwise(Settings.THROTTLE_KEYS, name));
        var rate = members.add(Settings.THROTTLE_RATE, name, otherwise(Settings.THROTTLE_RATE, name));
        var since = keys.stream()
                .map(ThrottleKey::since)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        var stage = members.add(Settings.THROTTLE_STAGE, name, Members.otherwise(since.text()));
        if (stage.compareTo(since) < 0) {
            throw new ConfigException(Settings.THROTTLE_STAGE.name(name) + ": \"" + stage.text()
                    + "\" is not right: what it counts by is not known before " + since.text());
        }
        members.add(
                Settings.THROTTLE_MATCH,
                name,
                Members.otherwise(USUAL.getOrDefault(name, Map.of()).getOrDefault(Settings.THROTTLE_MATCH, "")));
        var match = members.entry(Settings.THROTTLE_MATCH.name(name));
        return enabled
                ? Optional.of(new ThrottleSettings(
                        name,
                        keys,
                        rate,
                        stage,
                        Optional.of(match).filter(entry -> !entry.text().isBlank())))
                : Optional.empty();
    }

    private Given otherwise(SettingFamily<?> family, String name) {
        var usual = USUAL.getOrDefault(name, Map.of()).get(family);
        if (usual != null) {
            return Members.otherwise(usual);
        }
        return members.needed(family.name(name), "throttle " + name);
    }
}
