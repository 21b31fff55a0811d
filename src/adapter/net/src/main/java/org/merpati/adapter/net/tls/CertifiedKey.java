package org.merpati.adapter.net.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A private key and the chain that vouches for it.
 *
 * @param chain the key's own certificate first
 * @param names host names in it, in lower case; {@code *.example.org} for any one label
 */
public record CertifiedKey(List<X509Certificate> chain, PrivateKey key, Set<String> names) {
    /** The type of a host name among alternative names. RFC 5280 §4.2.1.6. */
    private static final int DNS_NAME = 2;

    public CertifiedKey {
        chain = List.copyOf(chain);
        names = Set.copyOf(names);
    }

    /** @throws GeneralSecurityException when the key is not the certificate's, or of a kind that TLS has no use for */
    public static CertifiedKey of(List<X509Certificate> chain, PrivateKey key) throws GeneralSecurityException {
        if (!fit(chain.getFirst(), key)) {
            throw new GeneralSecurityException("the key is not the certificate's");
        }
        return new CertifiedKey(chain, key, names(chain.getFirst()));
    }

    /** The first key of a store, with its chain. */
    public static Optional<CertifiedKey> first(KeyStore store, String password) throws GeneralSecurityException {
        for (var alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getKey(alias, password.toCharArray()) instanceof PrivateKey key) {
                var chain = Arrays.stream(store.getCertificateChain(alias))
                        .map(X509Certificate.class::cast)
                        .toList();
                return Optional.of(of(chain, key));
            }
        }
        return Optional.empty();
    }

    /** Not the key. */
    @Override
    public String toString() {
        return "CertifiedKey" + names;
    }

    /** Whether the certificate names this host itself. */
    boolean names(String host) {
        return names.contains(host);
    }

    /** Whether it does so with a wildcard, which stands for the whole first label. RFC 9525 §6.3. */
    boolean covers(String host) {
        int dot = host.indexOf('.');
        return dot > 0 && names.contains("*" + host.substring(dot));
    }

    /** @param type of key as Java's TLS asks for it: {@code RSA}, {@code EC} */
    boolean is(String type) {
        var algorithm = key.getAlgorithm();
        return type.equals(algorithm) || (type.startsWith("EC_") && algorithm.equals("EC"));
    }

    private static Set<String> names(X509Certificate certificate) throws CertificateParsingException {
        var found = new LinkedHashSet<String>();
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names != null) {
            for (var name : names) {
                if (Integer.valueOf(DNS_NAME).equals(name.get(0)) && name.get(1) instanceof String host) {
                    found.add(host.toLowerCase(Locale.ROOT));
                }
            }
        }
        return found;
    }

    private static boolean fit(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        var kind = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> throw new GeneralSecurityException("no use for a key of kind " + key.getAlgorithm());
        };
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        var sample = new byte[] {'m', 'a', 't', 'c', 'h'};
        var signing = Signature.getInstance(kind);
        signing.initSign(key);
        signing.update(sample);
        var checking = Signature.getInstance(kind);
        checking.initVerify(certificate.getPublicKey());
        checking.update(sample);
        return checking.verify(signing.sign());
    }
}
