package org.merpati.check.containers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.launch.MerpatiServer;

/** The server in this JVM. Each start of it is a new one on the same folder and ports. */
final class EmbeddedHome implements Home {
    private final Path data;
    private final int smtpPort = Ports.free();
    private final int submissionPort = Ports.free();
    private final int submissionsPort = Ports.free();
    private final int lmtpPort = Ports.free();
    private final int imapPort = Ports.free();
    private final int imapsPort = Ports.free();
    private final int httpsPort = Ports.free();
    private final Certificates certificates;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private @Nullable MerpatiServer server;

    EmbeddedHome(String name, Optional<PostgresServer> database) throws IOException {
        data = Path.of(System.getProperty("check.homes"), name);
        Folders.remove(data);
        Files.createDirectories(data);
        certificates = new Certificates(name);
        settings.putAll(certificates.settings());
        settings.putAll(PROXY);
        settings.put("data", data.toString());
        settings.put("smtp.port", Integer.toString(smtpPort));
        settings.put("submission.port", Integer.toString(submissionPort));
        settings.put("submissions.port", Integer.toString(submissionsPort));
        settings.put("lmtp.port", Integer.toString(lmtpPort));
        settings.put("imap.port", Integer.toString(imapPort));
        settings.put("imaps.port", Integer.toString(imapsPort));
        settings.put("https.port", Integer.toString(httpsPort));
        settings.put("admin.password", ADMIN_PASSWORD);
        settings.put("limits.enabled", "false"); // 1,000 connections come from one address
        database.ifPresent(postgres -> {
            settings.put("database.url", postgres.url());
            settings.put("database.user", postgres.user());
            settings.put("database.password", postgres.password());
        });
    }

    @Override
    public void start() {
        try {
            server = MerpatiServer.start(settings);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @Override
    public int smtpPort() {
        return smtpPort;
    }

    @Override
    public int submissionPort() {
        return submissionPort;
    }

    @Override
    public int submissionsPort() {
        return submissionsPort;
    }

    @Override
    public int lmtpPort() {
        return lmtpPort;
    }

    @Override
    public int imapPort() {
        return imapPort;
    }

    @Override
    public int imapsPort() {
        return imapsPort;
    }

    @Override
    public Certificates certificates() {
        return certificates;
    }

    @Override
    public URI https() {
        return URI.create("https://127.0.0.1:" + httpsPort);
    }

    @Override
    public Path log() {
        return data;
    }

    @Override
    public void close() {
        stop();
    }
}
