package org.merpati.launch.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.session.ListenerInfo;
import org.merpati.launch.MerpatiServer;

/**
 * A server as its {@code run/server.json} tells.
 *
 * @param started when its process started, in milliseconds since 1970: another process may get the same pid later
 * @param absent the listeners that have a setting and are not built yet, or are switched off
 */
record RunningServer(
        long pid, long started, String version, String data, List<ListenerInfo> listeners, List<String> absent) {
    private static final JsonMapper JSON = new JsonMapper();

    /** This process, serving. */
    static RunningServer here(MerpatiServer server, Path data) {
        var process = ProcessHandle.current();
        var built = server.listening().stream().map(ListenerInfo::name).toList();
        // not built yet, or switched off
        var absent = Settings.all().stream()
                .map(setting -> setting.name())
                .filter(name -> name.endsWith(".port"))
                .map(name -> name.substring(0, name.length() - ".port".length()))
                .filter(name -> !built.contains(name))
                .toList();
        return new RunningServer(
                process.pid(), started(process), Version.text(), data.toString(), server.listening(), absent);
    }

    static Optional<RunningServer> parse(String json) {
        try {
            var tree = JSON.readTree(json);
            var listeners = new ArrayList<ListenerInfo>();
            var absent = new ArrayList<String>();
            for (var field : tree.path("listeners").properties()) {
                var listener = field.getValue();
                if (listener.path("absent").asBoolean()) {
                    absent.add(field.getKey());
                } else {
                    listeners.add(new ListenerInfo(
                            field.getKey(),
                            listener.path("address").asText(),
                            listener.path("port").asInt(),
                            listener.path("tls").asText()));
                }
            }
            return Optional.of(new RunningServer(
                    tree.path("pid").asLong(),
                    tree.path("started").asLong(),
                    tree.path("version").asText(),
                    tree.path("data").asText(),
                    listeners,
                    absent));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** DESIGN §4, with {@code started} added. */
    String json() {
        var tree = JSON.createObjectNode()
                .put("up", true)
                .put("pid", pid)
                .put("version", version)
                .put("data", data)
                .put("started", started);
        var all = tree.putObject("listeners");
        listeners.forEach(one -> all.putObject(one.name())
                .put("address", one.address())
                .put("port", one.port())
                .put("tls", one.tls()));
        absent.forEach(name -> all.putObject(name).put("absent", true));
        return tree.toString();
    }

    /** What {@code status --json} says of a server that does not run. */
    static String jsonOfNone(Path data) {
        return JSON.createObjectNode()
                .put("up", false)
                .put("data", data.toString())
                .toString();
    }

    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> started(process) == started || started == 0);
    }

    boolean alive() {
        return process().isPresent();
    }

    /** Where this machine reaches the server's HTTP: a wildcard is no address to connect to. */
    String httpAddress() {
        var http = listeners.stream()
                .filter(one -> one.name().equals("http"))
                .findFirst()
                .orElseThrow(() -> new Refused("the server has no HTTP listener"));
        var host = http.address().split(",", -1)[0];
        try {
            if (InetAddress.getByName(host).isAnyLocalAddress()) {
                host = host.contains(":") ? "::1" : "127.0.0.1";
            }
        } catch (UnknownHostException e) {
            throw new Refused("the server listens on " + host + ", which can't be found: " + e.getMessage());
        }
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + http.port();
    }

    private static long started(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(instant -> instant.toEpochMilli())
                .orElse(0L);
    }
}
