package org.merpati.adapter.net.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.merpati.core.api.config.CertificateSettings;

/** All keys of a server. */
public final class KeyRing {
    /** Only TLS 1.2 without tickets needs the server to remember sessions; bounded, as they are some KB each. */
    private static final int SESSIONS = 1_000;

    /** Reads the key for clients that ask for no host name, or for one that no certificate names. */
    public interface Main {
        CertifiedKey read() throws IOException;
    }

    private KeyRing() {}

    /** A main key from files of the administrator's. */
    public static SSLContext context(CertificateSettings main, List<CertificateSettings> more, Duration every)
            throws IOException {
        return context(() -> KeyFile.read(main), KeyFile.files(main).toList(), more, every);
    }

    /**
     * Keys that handshakes choose among.
     *
     * @param files that the main key lies in
     * @param every how often files are looked at, at most
     * @throws IOException that names the setting and the file, where one can't be used
     */
    public static SSLContext context(Main main, List<Path> files, List<CertificateSettings> more, Duration every)
            throws IOException {
        var watched = new WatchedKeys(
                () -> {
                    var keys = new ArrayList<CertifiedKey>();
                    keys.add(main.read());
                    for (var one : more) {
                        keys.add(KeyFile.read(one));
                    }
                    return List.copyOf(keys);
                },
                Stream.concat(files.stream(), more.stream().flatMap(KeyFile::files))
                        .toList(),
                every);
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new LiveKeys(watched)}, null, null);
            context.getServerSessionContext().setSessionCacheSize(SESSIONS);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS: " + e.getMessage(), e);
        }
    }
}
