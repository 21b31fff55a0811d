package org.merpati.adapter.net;

import static java.lang.System.Logger.Level.DEBUG;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;
import org.merpati.core.api.session.ChannelBinding;

/** The channel bindings that a TLS session has. */
final class Bindings {
    private static final System.Logger LOG = System.getLogger(Bindings.class.getName());
    /** RFC 9266 §2. */
    private static final String LABEL = "EXPORTER-Channel-Binding";

    private static final int EXPORTED = 32;
    /** Java exports keying material from JDK 25 on. */
    private static final Optional<MethodHandle> EXPORT = export();

    private Bindings() {}

    static Optional<ChannelBinding> of(SSLSession session, String type) {
        return switch (type) {
            case ChannelBinding.SERVER_END_POINT -> serverEndPoint(session);
            case ChannelBinding.EXPORTER -> exporter(session);
            default -> Optional.empty();
        };
    }

    /** RFC 5929 §4.1: hashed as the certificate is signed, by SHA-256 where that was MD5 or SHA-1. */
    private static Optional<ChannelBinding> serverEndPoint(SSLSession session) {
        var chain = session.getLocalCertificates();
        if (chain == null || chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
            return Optional.empty();
        }
        try {
            var hash = hash(certificate);
            if (hash.isEmpty()) {
                return Optional.empty();
            }
            var digest = MessageDigest.getInstance(hash.get()).digest(certificate.getEncoded());
            return Optional.of(new ChannelBinding(ChannelBinding.SERVER_END_POINT, digest));
        } catch (GeneralSecurityException e) {
            LOG.log(DEBUG, "no binding to the certificate", e);
            return Optional.empty();
        }
    }

    /** Of {@code SHA384withECDSA} it is SHA-384; a signature without one hash, such as Ed25519's, has no such binding. */
    private static Optional<String> hash(X509Certificate certificate) {
        var signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        int end = signature.indexOf("WITH");
        if (end < 0) {
            return Optional.empty();
        }
        var name = signature.substring(0, end);
        return Optional.of(
                switch (name) {
                    case "MD5", "SHA1" -> "SHA-256";
                    default -> name.replaceFirst("^SHA(?=[0-9])", "SHA-").replaceFirst("^SHA-3-", "SHA3-");
                });
    }

    /** In TLS 1.3 only: there a context of length zero and none are the same, and each connection has its own secret. */
    private static Optional<ChannelBinding> exporter(SSLSession session) {
        if (EXPORT.isEmpty()
                || !session.getProtocol().equals("TLSv1.3")
                || !(session instanceof ExtendedSSLSession extended)) {
            return Optional.empty();
        }
        try {
            var octets = (byte[]) EXPORT.get().invokeExact(extended, LABEL, new byte[0], EXPORTED);
            return Optional.of(new ChannelBinding(ChannelBinding.EXPORTER, octets));
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            LOG.log(DEBUG, "no keying material exported", e);
            return Optional.empty();
        }
    }

    private static Optional<MethodHandle> export() {
        try {
            var type = MethodType.methodType(byte[].class, String.class, byte[].class, int.class);
            return Optional.of(MethodHandles.publicLookup()
                    .findVirtual(ExtendedSSLSession.class, "exportKeyingMaterialData", type));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
