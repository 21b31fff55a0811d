package org.merpati.adapter.net;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.merpati.adapter.net.tls.KeyRing;
import org.merpati.core.api.config.CertificateSettings;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;

/** The keys that this server's settings name: its own ({@link ServerCertificate} where none is given) and further ones. */
public final class ServerKeys {
    /** RFC 8996, RFC 8314 §4.1. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final SSLContext context;

    private ServerKeys(SSLContext context) {
        this.context = context;
    }

    /**
     * Reads all keys, and makes the server's own where it has none yet.
     *
     * @throws IOException that names the setting and the file, where one can't be used
     */
    static ServerKeys open(Config config, InstantSource clock) throws IOException {
        return open(config, clock, EVERY);
    }

    static ServerKeys open(Config config, InstantSource clock, Duration every) throws IOException {
        var own = config.get(Settings.TLS_CERTIFICATE);
        if (own.isPresent()) {
            var main = new CertificateSettings(
                    Settings.TLS_CERTIFICATE.name(),
                    own.get(),
                    config.get(Settings.TLS_KEY),
                    config.get(Settings.TLS_PASSWORD));
            return new ServerKeys(KeyRing.context(main, config.certificates(), every));
        }
        Path folder = config.get(Settings.DATA).resolve("tls");
        return new ServerKeys(KeyRing.context(
                () -> ServerCertificate.open(folder, config.get(Settings.HOSTNAME), clock)
                        .key(),
                ServerCertificate.files(folder),
                config.certificates(),
                every));
    }

    /** Ready for server sockets; enable {@link #PROTOCOLS} on each. Its keys change with their files. */
    public SSLContext context() {
        return context;
    }
}
