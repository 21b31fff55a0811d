package org.merpati.lib.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelBindingTest {
    /** RFC 5929 §4.1: the signature's own hash, but never one weaker than SHA-256. */
    @ParameterizedTest
    @CsvSource({
        "RSA, SHA1withRSA, SHA-256",
        "RSA, SHA256withRSA, SHA-256",
        "RSA, SHA384withRSA, SHA-384",
        "RSA, SHA512withRSA, SHA-512",
        "RSA, SHA384withRSAandMGF1, SHA-384",
        "EC, SHA256withECDSA, SHA-256",
        "EC, SHA512withECDSA, SHA-512"
    })
    void theEndPointIsTheCertificateHashedAsItWasSigned(String key, String signature, String hash) throws Exception {
        var certificate = certificate(keys(key), signature);
        var binding = ChannelBinding.tlsServerEndPoint(certificate).orElseThrow();
        assertThat(binding.name()).isEqualTo("tls-server-end-point");
        assertThat(binding.data()).isEqualTo(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
    }

    @Test
    void aSignatureWithoutAHashGivesNoEndPoint() throws Exception {
        assertThat(ChannelBinding.tlsServerEndPoint(certificate(keys("Ed25519"), "Ed25519")))
                .isEmpty();
    }

    /** RFC 9266 §2; with TLS 1.2 there is none. */
    @Test
    void bothEndsExportTheSameWithTls13Only() throws Exception {
        var keys = keys("EC");
        var context = context(keys, certificate(keys, "SHA256withECDSA"));
        var one = handshake(context, "TLSv1.3");
        var client = TlsExporter.of(one[0].getSession());
        var server = TlsExporter.of(one[1].getSession());
        assertThat(client.isPresent()).isEqualTo(TlsExporter.available());
        if (client.isPresent()) {
            assertThat(client.get().data())
                    .hasSize(32)
                    .isEqualTo(server.orElseThrow().data());
            var other = TlsExporter.of(handshake(context, "TLSv1.3")[0].getSession());
            assertThat(other.orElseThrow().data()).isNotEqualTo(client.get().data());
        }
        assertThat(TlsExporter.of(handshake(context, "TLSv1.2")[0].getSession()))
                .isEmpty();
    }

    @Test
    void theFirstOfOneNameCounts() {
        var bindings = ChannelBindings.of(java.util.List.of(
                new ChannelBinding("a", new byte[] {1}),
                new ChannelBinding("b", new byte[] {2}),
                new ChannelBinding("a", new byte[] {3})));
        assertThat(bindings.first().orElseThrow().data()).containsExactly(1);
        assertThat(bindings.find("a").orElseThrow().data()).containsExactly(1);
        assertThat(bindings.find("c")).isEmpty();
    }

    private static KeyPair keys(String algorithm) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("RSA")) {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(KeyPair keys, String signature) throws Exception {
        var name = new X500Name("CN=mail.example");
        var made = new X509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        new Time(new DERGeneralizedTime("20200101000000Z")),
                        new Time(new DERGeneralizedTime("20960101000000Z")),
                        name,
                        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
                .build(new JcaContentSignerBuilder(signature)
                        .setProvider(new BouncyCastleProvider())
                        .build(keys.getPrivate()));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(made.getEncoded()));
    }

    private static SSLContext context(KeyPair keys, X509Certificate certificate) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("mail", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
        store.setCertificateEntry("ca", certificate);
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(store, new char[0]);
        var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), new SecureRandom());
        return context;
    }

    private static SSLEngine[] handshake(SSLContext context, String version) throws Exception {
        var engines = new SSLEngine[] {context.createSSLEngine(), context.createSSLEngine()};
        var pipes = new ByteBuffer[] {ByteBuffer.allocate(1 << 16), ByteBuffer.allocate(1 << 16)};
        for (int i = 0; i < 2; i++) {
            engines[i].setUseClientMode(i == 0);
            engines[i].setEnabledProtocols(new String[] {version});
            engines[i].beginHandshake();
        }
        for (int turn = 0; turn < 100; turn++) {
            for (int i = 0; i < 2; i++) {
                for (var task = engines[i].getDelegatedTask(); task != null; task = engines[i].getDelegatedTask()) {
                    task.run();
                }
                if (engines[i].getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
                    pipes[1 - i].flip();
                    engines[i].unwrap(pipes[1 - i], ByteBuffer.allocate(1 << 16));
                    pipes[1 - i].compact();
                } else if (engines[i].getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    engines[i].wrap(ByteBuffer.allocate(0), pipes[i]);
                }
            }
        }
        assertThat(engines[0].getSession().getProtocol()).isEqualTo(version);
        assertThat(engines[0].getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
        return engines;
    }
}
