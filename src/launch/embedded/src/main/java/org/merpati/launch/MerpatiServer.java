package org.merpati.launch;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.merpati.adapter.net.MailListeners;
import org.merpati.adapter.net.OpenPlatform;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.directory.OperatorToken;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.session.ListenerInfo;
import org.merpati.core.api.session.Listeners;
import org.merpati.core.jmap.submission.HeldMail;
import org.merpati.core.store.Housekeeping;
import org.merpati.core.store.Migrations;
import org.merpati.core.store.PlatformHolder;
import org.merpati.launch.runtime.EmbeddedRuntime;
import org.merpati.web.MerpatiApplication;

/**
 * A whole mail server inside this JVM.
 *
 * <pre>{@code
 * try (var server = MerpatiServer.start(Map.of("hostname", "mail.example.org"))) {
 *     // mail for its domains goes to 127.0.0.1, server.smtpPort()
 * }
 * }</pre>
 *
 * <p>{@link #start(Map)} is for programs and tests: free ports, and a data folder that is deleted at the end unless
 * {@code data} is set. {@link #start(Config)} takes the settings as they are. Several servers may run in one JVM, each with
 * a data folder of its own; a folder that is in use is refused.
 */
public final class MerpatiServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MerpatiServer.class.getName());

    private final Config config;
    private final OperatorToken token;
    private final Optional<String> adminPassword;
    private final List<ListenerInfo> listening;
    private final EmbeddedRuntime runtime;
    private final Deque<AutoCloseable> parts;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MerpatiServer(
            Config config,
            OperatorToken token,
            Optional<String> adminPassword,
            List<ListenerInfo> listening,
            EmbeddedRuntime runtime,
            Deque<AutoCloseable> parts) {
        this.config = config;
        this.token = token;
        this.adminPassword = adminPassword;
        this.listening = List.copyOf(listening);
        this.runtime = runtime;
        this.parts = parts;
    }

    /**
     * Starts a server on free ports. Settings of the environment and of system properties count too, below the given ones.
     *
     * @param settings by name, as {@code merpati config} lists them; ports that are not given are any free ones
     * @throws org.merpati.core.api.config.ConfigException when a setting is wrong
     * @throws IOException when a port or the data folder can't be had
     */
    public static MerpatiServer start(Map<String, String> settings) throws IOException {
        var given = new LinkedHashMap<>(settings);
        Settings.all().stream()
                .filter(setting -> setting.name().endsWith(".port"))
                .filter(setting -> !given.containsKey("listener." + setting.name()))
                .forEach(setting -> given.putIfAbsent(setting.name(), "0"));
        if (given.containsKey(Settings.DATA.name())) {
            return start(Config.load(given, "program"));
        }
        var folder = TemporaryFolder.make();
        try {
            given.put(Settings.DATA.name(), folder.path().toString());
            var config = Config.load(given, "program");
            return start(config, new ArrayDeque<>(List.of(folder)));
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Starts a server on free ports with its data in this folder, which stays. */
    public static MerpatiServer start(Path data) throws IOException {
        return start(Map.of(Settings.DATA.name(), data.toString()));
    }

    /** Starts a server with exactly these settings. */
    public static MerpatiServer start(Config config) throws IOException {
        return start(config, new ArrayDeque<>());
    }

    private static MerpatiServer start(Config config, Deque<AutoCloseable> parts) throws IOException {
        try {
            var platform = opened(parts, OpenPlatform.open(config));
            var mail = opened(parts, MailListeners.bind(config.listeners()));
            var token = Chance.operatorToken();
            var listening = new CopyOnWriteArrayList<ListenerInfo>();
            var runtime = opened(parts, runtime(config, token, listening));
            runtime.get(PlatformHolder.class).set(platform.platform());
            runtime.get(Migrations.class).migrate(runtime.get(DataSource.class), config.get(Settings.STORE_VOLATILE));
            var door = runtime.get(Door.class);
            var password = new FirstAdministrator(config).add(door);
            var http = opened(
                    parts, HttpServer.start(config, platform.keys().context(), runtime, new MerpatiApplication()));
            opened(parts, WorkThread.start(new Housekeeping(door, platform.platform())));
            opened(parts, WorkThread.start(new HeldMail(door, platform.platform())));
            mail.start(platform.platform(), door);
            // the first to be closed, although its ports were taken before the others'
            parts.remove(mail);
            parts.push(mail);
            mail.listening()
                    .forEach(one -> listening.add(new ListenerInfo(one.name(), one.address(), one.port(), one.tls())));
            listening.addAll(http.listening());
            return new MerpatiServer(config, token, password, listening, runtime, parts);
        } catch (IOException | RuntimeException e) {
            closeAll(parts);
            throw e;
        }
    }

    private static EmbeddedRuntime runtime(Config config, OperatorToken token, List<ListenerInfo> listening) {
        var builder = EmbeddedRuntime.builder()
                .data(config.get(Settings.DATA))
                .connections(config.get(Settings.DATABASE_CONNECTIONS))
                .acceptVolatile(config.get(Settings.STORE_VOLATILE))
                .bean(OperatorToken.class, token)
                .bean(Listeners.class, () -> List.copyOf(listening));
        config.get(Settings.DATABASE_URL)
                .ifPresent(url -> builder.database(
                        url,
                        config.get(Settings.DATABASE_USER).orElse(""),
                        config.get(Settings.DATABASE_PASSWORD).orElse("")));
        return builder.start();
    }

    private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> parts, T part) {
        parts.push(part);
        return part;
    }

    public int smtpPort() {
        return port("smtp");
    }

    public int submissionPort() {
        return port("submission");
    }

    public int submissionsPort() {
        return port("submissions");
    }

    public int lmtpPort() {
        return port("lmtp");
    }

    public int imapPort() {
        return port("imap");
    }

    public int imapsPort() {
        return port("imaps");
    }

    public int httpPort() {
        return port("http");
    }

    public int httpsPort() {
        return port("https");
    }

    /** All listeners as bound. */
    public List<ListenerInfo> listening() {
        return listening;
    }

    public Config config() {
        return config;
    }

    /** The password of the administrator {@code admin} where this start has made it up; known to nobody else. */
    public Optional<String> adminPassword() {
        return adminPassword;
    }

    /** Opens {@code /api} as {@code Authorization: Bearer}, for as long as this server runs. */
    public OperatorToken operatorToken() {
        return token;
    }

    /** The way to the server's services, as its own protocols have it. */
    public Door door() {
        return runtime.get(Door.class);
    }

    /** Of a listener that the settings name. */
    public int port(String name) {
        return listening.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no listener " + name))
                .port();
    }

    /** Lets sessions end their units, then stops everything; returns when ports and data folder are free. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            closeAll(parts);
        }
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "could not close " + part.getClass().getSimpleName() + " in order", e);
            }
        }
    }
}
