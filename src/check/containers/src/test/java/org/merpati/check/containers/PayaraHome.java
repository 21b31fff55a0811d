package org.merpati.check.containers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Payara with a copy of its first domain, on ports of its own. */
final class PayaraHome implements Container {
    private static final String DOMAIN = "domain1";
    private static final int ADMIN = 0;
    private static final int HTTPS = 1;

    /** The ports that a domain is shipped with, in the order of those that replace them. */
    private static final List<Integer> SHIPPED =
            List.of(4848, 8181, 8080, 7676, 3700, 3820, 3920, 8686, 9009, 6666, 4900, 5900);

    private final Path payara;
    private final Path domains;
    private final Optional<PostgresServer> database;
    private final Certificates certificates;
    private final int ports = Ports.block(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    private int smtpPort = Ports.free();
    private final int submissionPort = Ports.free();
    private final int submissionsPort = Ports.free();
    private final int lmtpPort = Ports.free();
    private final int imapPort = Ports.free();
    private final int imapsPort = Ports.free();
    private boolean started;

    PayaraHome(String name, Path payara, Optional<PostgresServer> database) throws IOException {
        this.payara = payara;
        this.database = database;
        this.certificates = new Certificates(name);
        this.domains = Path.of(System.getProperty("check.homes"), name);
        Folders.copy(payara.resolve("glassfish/domains"), domains);
        writeDownPortsAndProtocol();
        ServersAtWork.addByFile(domains.resolve(DOMAIN).resolve("config/pid"));
    }

    /** Before the first start: a change of the running HTTPS listener would start it anew beside a deployment. */
    private void writeDownPortsAndProtocol() throws IOException {
        var file = domains.resolve(DOMAIN).resolve("config/domain.xml");
        var text = Files.readString(file);
        for (int i = 0; i < SHIPPED.size(); i++) {
            text = text.replaceAll(
                    "(port=\"|value=\"|address=|telnet.port=)" + SHIPPED.get(i) + "\\b", "$1" + (ports + i));
        }
        // HTTP/2 off, as its README says
        var http1 = text.replaceFirst("(name=\"http-listener-2\">\\s*<http )", "$1http2-enabled=\"false\" ");
        if (http1.equals(text)) {
            throw new IllegalStateException("no HTTPS listener in " + file);
        }
        Files.writeString(file, http1);
    }

    @Override
    public void setUp() {
        var command = new ArrayList<>(List.of(
                System.getProperty("check.descriptors") + "/payara/setup.sh",
                payara.toString(),
                "--domain",
                DOMAIN,
                "--domain-dir",
                domains.toString(),
                "--admin-port",
                Integer.toString(ports + ADMIN),
                "--smtp-port",
                Integer.toString(smtpPort),
                "--submission-port",
                Integer.toString(submissionPort),
                "--submissions-port",
                Integer.toString(submissionsPort),
                "--lmtp-port",
                Integer.toString(lmtpPort),
                "--imap-port",
                Integer.toString(imapPort),
                "--imaps-port",
                Integer.toString(imapsPort)));
        database.ifPresent(postgres -> command.addAll(postgres.setUpOptions()));
        Commands.run(domains, environment(), command);
    }

    @Override
    public void start() {
        started = true;
        asadmin("start-domain", "--domaindir", domains.toString(), DOMAIN);
    }

    @Override
    public void stop() {
        asadmin("stop-domain", "--domaindir", domains.toString(), DOMAIN);
        started = false;
    }

    private void asadmin(String... arguments) {
        var command = new ArrayList<>(List.of(
                payara.resolve("glassfish/bin/asadmin").toString(),
                "--interactive=false",
                "--port",
                Integer.toString(ports + ADMIN)));
        command.addAll(List.of(arguments));
        Commands.run(domains, environment(), command);
    }

    @Override
    public void deploy(Path ear) {
        asadmin("deploy", "--force=true", "--name", "merpati", ear.toString());
    }

    @Override
    public void undeploy() {
        asadmin("undeploy", "merpati");
    }

    @Override
    public void deployOther(Path war) {
        asadmin("deploy", "--force=true", "--contextroot", "other", "--name", "other", war.toString());
    }

    @Override
    public void changeSmtpPort(int port) {
        asadmin("set", "resources.resource-adapter-config.merpati#merpati-smtp.property.port=" + port);
        asadmin("disable", "merpati");
        asadmin("enable", "merpati");
        smtpPort = port;
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
        return URI.create("https://127.0.0.1:" + (ports + HTTPS));
    }

    @Override
    public Path log() {
        return domains.resolve(DOMAIN).resolve("logs/server.log");
    }

    @Override
    public void close() {
        if (started) {
            asadmin("stop-domain", "--kill=true", "--domaindir", domains.toString(), DOMAIN);
        }
    }

    private Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("AS_JAVA", System.getProperty("java.home"));
        environment.put("MERPATI_ADMIN_PASSWORD", ADMIN_PASSWORD);
        environment.putAll(Certificates.environment(certificates.settings()));
        environment.putAll(Certificates.environment(PROXY));
        environment.put("MERPATI_IMAP_MAX_CONNECTIONS", "1000"); // one user has them all
        return environment;
    }
}
