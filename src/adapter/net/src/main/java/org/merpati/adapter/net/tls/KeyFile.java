package org.merpati.adapter.net.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.config.CertificateSettings;

/** Reads keys and certificates as certificate authorities and administrators leave them. RFC 7468, RFC 7292. */
final class KeyFile {
    /** A chain with its key takes some 10 KB. */
    private static final long LARGEST = 1 << 20;

    private KeyFile() {}

    /** @throws IOException that names the setting and the file */
    static CertifiedKey read(CertificateSettings settings) throws IOException {
        try {
            var octets = octets(settings.certificate());
            if (!isPem(octets)) {
                return pkcs12(octets, settings.password().orElse(""));
            }
            var parts = new ArrayList<>(parts(octets));
            if (settings.key().isPresent()) {
                // the key file says which key, whatever else lies beside the certificate
                parts.removeIf(part -> !(part instanceof X509CertificateHolder));
                parts.addAll(parts(octets(settings.key().get())).stream()
                        .filter(part -> !(part instanceof X509CertificateHolder))
                        .toList());
            }
            return pem(parts, settings.password());
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | IllegalArgumentException e) {
            throw new IOException(
                    settings.setting() + ": can't use " + settings.certificate()
                            + settings.key().map(key -> " with " + key).orElse("") + ": " + e.getMessage(),
                    e);
        }
    }

    /** The files that {@link #read} would look at. */
    static Stream<Path> files(CertificateSettings settings) {
        return Stream.concat(Stream.of(settings.certificate()), settings.key().stream());
    }

    private static byte[] octets(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is too large to be a certificate");
        }
        return Files.readAllBytes(file);
    }

    /** Text may stand before the first line of hyphens. PKCS#12 begins with the octet of an ASN.1 sequence. */
    private static boolean isPem(byte[] octets) {
        return octets.length == 0 || octets[0] != 0x30;
    }

    private static List<Object> parts(byte[] octets) throws IOException {
        var found = new ArrayList<Object>();
        try (var parser = new PEMParser(new StringReader(new String(octets, StandardCharsets.ISO_8859_1)))) {
            for (var part = parser.readObject(); part != null; part = parser.readObject()) {
                found.add(part);
            }
        }
        return found;
    }

    private static CertifiedKey pem(List<Object> parts, Optional<String> password)
            throws IOException, GeneralSecurityException, OperatorCreationException, PKCSException {
        var chain = new ArrayList<X509Certificate>();
        @Nullable PrivateKey key = null;
        for (var part : parts) {
            if (part instanceof X509CertificateHolder holder) {
                chain.add(new JcaX509CertificateConverter().getCertificate(holder));
            } else if (key == null) {
                key = key(part, password);
            }
        }
        if (chain.isEmpty()) {
            throw new CertificateException("no certificate in it");
        }
        if (key == null) {
            throw new CertificateException("no private key in it");
        }
        return CertifiedKey.of(chain, key);
    }

    /** The key in this part; null when it holds none, as curve parameters do not. */
    private static @Nullable PrivateKey key(Object part, Optional<String> password)
            throws IOException, GeneralSecurityException, OperatorCreationException, PKCSException {
        var converter = new JcaPEMKeyConverter();
        return switch (part) {
            case PrivateKeyInfo info -> converter.getPrivateKey(info);
            case PEMKeyPair pair -> converter.getPrivateKey(pair.getPrivateKeyInfo());
            case PKCS8EncryptedPrivateKeyInfo encrypted -> {
                var decryptor = new JceOpenSSLPKCS8DecryptorProviderBuilder()
                        // Java's own knows these ciphers by other names
                        .setProvider(new BouncyCastleProvider())
                        .build(password.orElseThrow(() ->
                                        new GeneralSecurityException("the key is encrypted, and no password is set"))
                                .toCharArray());
                yield converter.getPrivateKey(encrypted.decryptPrivateKeyInfo(decryptor));
            }
            case PEMEncryptedKeyPair old ->
                throw new GeneralSecurityException(
                        "the key is encrypted in OpenSSL's old way; `openssl pkcs8 -topk8` makes it one to read");
            default -> null;
        };
    }

    private static CertifiedKey pkcs12(byte[] octets, String password) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(octets), password.toCharArray());
        return CertifiedKey.first(store, password)
                .orElseThrow(() -> new CertificateException("no private key with a certificate in it"));
    }
}
