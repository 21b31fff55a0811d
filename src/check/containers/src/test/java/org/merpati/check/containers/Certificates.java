package org.merpati.check.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;

/** The certificates of one home, made by the JDK's keytool: its own, and one more for another host name. */
final class Certificates {
    static final String OWN = "mail.example.org";
    static final String SHOP = "shop.example";
    private static final String PASSWORD = "changeit";

    private final Path folder;

    Certificates(String home) throws IOException {
        folder = Path.of(System.getProperty("check.homes"), home + "-keys");
        Folders.remove(folder);
        Files.createDirectories(folder);
        make("own.p12", OWN);
        make("shop.p12", SHOP);
    }

    /** What a server is told of them. */
    Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("tls.certificate", folder.resolve("own.p12").toString());
        settings.put("tls.password", PASSWORD);
        settings.put("tls.shop.certificate", folder.resolve("shop.p12").toString());
        settings.put("tls.shop.password", PASSWORD);
        return settings;
    }

    /** These settings as environment variables. */
    static Map<String, String> environment(Map<String, String> settings) {
        var variables = new LinkedHashMap<String, String>();
        settings.forEach((name, value) -> variables.put(
                "MERPATI_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
        return variables;
    }

    /** Puts another one for the same name in the place of the server's own. */
    void renew() throws IOException {
        make("next.p12", OWN);
        Files.move(
                folder.resolve("next.p12"),
                folder.resolve("own.p12"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a client is shown that asks for this host. */
    static X509Certificate served(int port, String host) {
        try (var socket = (SSLSocket) TrustAll.context().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            var parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void make(String file, String host) {
        Commands.run(
                folder,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file));
    }
}
