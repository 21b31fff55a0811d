package org.merpati.adapter.net;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key pair (EC P-256) with a certificate that it signed itself, for a server that has none yet. RFC 5280 §4.2. */
record SelfSigned(KeyPair keys, X509Certificate certificate) {
    private static final Duration VALID = Duration.ofDays(730);

    /** Clients whose clocks are behind shall take it too. */
    private static final Duration EARLIER = Duration.ofHours(1);

    static SelfSigned make(String hostname, Instant now) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var keys = generator.generateKeyPair();
        // a common name holds at most 64 characters (RFC 5280 appendix A.1); clients look at the alternative names
        var subject = new X500NameBuilder()
                .addRDN(BCStyle.CN, hostname.length() <= 64 ? hostname : "Merpati")
                .build();
        var builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(127, new SecureRandom()).setBit(126),
                Date.from(now.minus(EARLIER)),
                Date.from(now.plus(VALID)),
                subject,
                keys.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, names(hostname));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new SelfSigned(keys, new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
        } catch (CertIOException | OperatorCreationException e) {
            throw new GeneralSecurityException("can't make a certificate for " + hostname, e);
        }
    }

    private static GeneralNames names(String hostname) {
        var names = new LinkedHashSet<GeneralName>();
        names.add(
                hostname.matches("[0-9.]+")
                        ? new GeneralName(GeneralName.iPAddress, hostname)
                        : new GeneralName(GeneralName.dNSName, hostname));
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        names.add(new GeneralName(GeneralName.iPAddress, "::1"));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }
}
