package org.merpati.lib.sasl;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;

/** Data that both ends of one TLS connection know, by the name of its kind (RFC 5056 §7). */
public final class ChannelBinding {
    /** RFC 9266 §2: 32 octets exported under this label with an empty context. */
    public static final String TLS_EXPORTER = "tls-exporter";

    /** RFC 5929 §4: the hash of the server's certificate. */
    public static final String TLS_SERVER_END_POINT = "tls-server-end-point";

    private final String name;
    private final byte[] data;

    public ChannelBinding(String name, byte[] data) {
        this.name = name;
        this.data = data.clone();
        if (data.length == 0) {
            throw new IllegalArgumentException("a channel binding has data");
        }
    }

    public String name() {
        return name;
    }

    public byte[] data() {
        return data.clone();
    }

    /** Empty where the certificate's signature has no hash of its own, as with Ed25519 (RFC 5929 §4.1). */
    public static Optional<ChannelBinding> tlsServerEndPoint(X509Certificate certificate) {
        try {
            var hash = hashOf(certificate);
            return hash.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ChannelBinding(
                            TLS_SERVER_END_POINT,
                            MessageDigest.getInstance(hash).digest(certificate.getEncoded())));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static String hashOf(X509Certificate certificate) throws GeneralSecurityException {
        var algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        String hash;
        if (algorithm.startsWith("RSASSA-PSS") && certificate.getSigAlgParams() != null) {
            var parameters = java.security.AlgorithmParameters.getInstance("RSASSA-PSS");
            try {
                parameters.init(certificate.getSigAlgParams());
            } catch (java.io.IOException e) {
                return "";
            }
            var pss = parameters.getParameterSpec(PSSParameterSpec.class);
            if (!(pss.getMGFParameters() instanceof MGF1ParameterSpec mask)
                    || !mask.getDigestAlgorithm().equalsIgnoreCase(pss.getDigestAlgorithm())) {
                return ""; // more than one hash: undefined
            }
            hash = pss.getDigestAlgorithm().toUpperCase(Locale.ROOT).replace("-", "");
        } else {
            int with = algorithm.indexOf("WITH");
            hash = with < 0 ? "" : algorithm.substring(0, with).replace("-", "");
        }
        return switch (hash) {
            case "MD5", "SHA1", "SHA256" -> "SHA-256";
            case "SHA224" -> "SHA-224";
            case "SHA384" -> "SHA-384";
            case "SHA512" -> "SHA-512";
            default -> "";
        };
    }
}
