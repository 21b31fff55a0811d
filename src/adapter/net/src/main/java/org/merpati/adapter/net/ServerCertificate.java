package org.merpati.adapter.net;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.merpati.adapter.net.tls.CertifiedKey;

/**
 * The server's key and certificate: {@code server.p12} in a folder of its own, with its password in {@code server.password}
 * beside it. Java reads no PKCS#12 without a password; what protects the key is that both files are for the server's user
 * alone. A self-signed one is made where there is none, and again when it runs out within 30 days or the host name is
 * another; a key store that an administrator put there is never written to.
 */
public final class ServerCertificate {
    private static final System.Logger LOG = System.getLogger(ServerCertificate.class.getName());
    private static final String STORE = "server.p12";
    private static final String PASSWORD = "server.password";
    /** Marks what was made here, and may be made again. */
    private static final String OURS = "merpati-self-signed";

    private static final Duration TOO_SHORT = Duration.ofDays(30);

    private final KeyStore store;
    private final CertifiedKey key;

    private ServerCertificate(KeyStore store, CertifiedKey key) {
        this.store = store;
        this.key = key;
    }

    /** The files of this folder that the key comes from. */
    static List<Path> files(Path folder) {
        return List.of(folder.resolve(STORE), folder.resolve(PASSWORD));
    }

    /**
     * Reads the key store of this folder, or makes it.
     *
     * @throws IOException that names the file when it can't be read or written, or holds no key
     */
    public static ServerCertificate open(Path folder, String hostname, InstantSource clock) throws IOException {
        try {
            OwnerOnly.folder(folder);
            var now = clock.instant();
            if (Files.exists(folder.resolve(STORE))) {
                var found = read(folder);
                if (!found.mine()) {
                    found.warnIfOld(folder, now);
                    return found;
                }
                if (found.lasts(now) && found.names(hostname)) {
                    return found;
                }
            }
            return make(folder, hostname, now);
        } catch (GeneralSecurityException e) {
            throw new IOException("can't use " + folder.resolve(STORE) + ": " + e.getMessage(), e);
        }
    }

    CertifiedKey key() {
        return key;
    }

    public X509Certificate certificate() {
        return key.chain().getFirst();
    }

    private static ServerCertificate read(Path folder) throws IOException, GeneralSecurityException {
        var passwordFile = folder.resolve(PASSWORD);
        if (!Files.exists(passwordFile)) {
            throw new IOException("the password of " + folder.resolve(STORE) + " is missing: " + passwordFile);
        }
        var password = Files.readString(passwordFile).strip();
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(folder.resolve(STORE))) {
            store.load(in, password.toCharArray());
        } catch (IOException e) {
            throw new IOException("can't read " + folder.resolve(STORE) + ": " + e.getMessage(), e);
        }
        return CertifiedKey.first(store, password)
                .map(key -> new ServerCertificate(store, key))
                .orElseThrow(() -> new IOException("no private key with a certificate in " + folder.resolve(STORE)));
    }

    private static ServerCertificate make(Path folder, String hostname, Instant now)
            throws IOException, GeneralSecurityException {
        var made = SelfSigned.make(hostname, now);
        var random = new byte[24];
        new SecureRandom().nextBytes(random);
        var passwordFile = folder.resolve(PASSWORD);
        // an old password stays, so that a stop between the two files leaves a pair that fits
        var password = Files.exists(passwordFile)
                ? Files.readString(passwordFile).strip()
                : HexFormat.of().formatHex(random);
        write(passwordFile, password.getBytes(StandardCharsets.US_ASCII));

        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                OURS, made.keys().getPrivate(), password.toCharArray(), new Certificate[] {made.certificate()});
        var bytes = new ByteArrayOutputStream();
        store.store(bytes, password.toCharArray());
        write(folder.resolve(STORE), bytes.toByteArray());
        LOG.log(INFO, "made a self-signed certificate for " + hostname + " in " + folder);
        return new ServerCertificate(
                store, CertifiedKey.of(List.of(made.certificate()), made.keys().getPrivate()));
    }

    /** Whole or not at all, and never readable by others. */
    private static void write(Path file, byte[] bytes) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.write(OwnerOnly.file(fresh), bytes);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean mine() throws GeneralSecurityException {
        return store.containsAlias(OURS);
    }

    private boolean lasts(Instant now) {
        return certificate().getNotAfter().toInstant().isAfter(now.plus(TOO_SHORT));
    }

    private boolean names(String hostname) throws GeneralSecurityException {
        var names = certificate().getSubjectAlternativeNames();
        return names != null && names.stream().anyMatch(name -> hostname.equals(name.get(1)));
    }

    private void warnIfOld(Path folder, Instant now) {
        if (!lasts(now)) {
            LOG.log(
                    WARNING,
                    "the certificate in " + folder.resolve(STORE) + " ends at "
                            + certificate().getNotAfter().toInstant());
        }
    }
}
