package org.merpati.lib.sasl.client;

import static org.merpati.lib.sasl.client.PlainClient.utf8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.merpati.lib.sasl.Nonces;
import org.merpati.lib.sasl.SaslSyntaxException;
import org.merpati.lib.sasl.SaslText;
import org.merpati.lib.sasl.client.ClientStep.Abort;
import org.merpati.lib.sasl.client.ClientStep.Respond;
import org.merpati.lib.sasl.client.Credentials.WithPassword;

/**
 * DIGEST-MD5 (RFC 2831) with the quality {@code auth}: its security layers are not spoken. Historic since RFC 6331; here for
 * servers that have nothing better.
 */
final class DigestMd5Client {
    private static final int MAX_CHALLENGE = 2048; // RFC 2831 §2.1.1

    private final WithPassword credentials;
    private final Service service;
    private final Nonces nonces;

    DigestMd5Client(WithPassword credentials, Service service, Nonces nonces) {
        this.credentials = credentials;
        this.service = service;
        this.nonces = nonces;
    }

    ClientStep start() {
        return Respond.waiting(this::answer);
    }

    private ClientStep answer(byte[] octets) {
        if (octets.length >= MAX_CHALLENGE) {
            throw new SaslSyntaxException("challenge of " + MAX_CHALLENGE + " octets or more");
        }
        var challenge = DigestChallenge.parse(new String(octets, StandardCharsets.UTF_8));
        var nonce = challenge.one("nonce").orElseThrow(() -> new SaslSyntaxException("expected a nonce"));
        if (!challenge.one("algorithm").orElse("").equalsIgnoreCase("md5-sess")) {
            throw new SaslSyntaxException("expected algorithm md5-sess");
        }
        var qop = challenge.one("qop").orElse("auth").toLowerCase(Locale.ROOT);
        if (!Arrays.asList(qop.split("[ \t]*,[ \t]*")).contains("auth")) {
            throw new SaslSyntaxException("expected qop auth");
        }
        boolean utf8 = challenge.one("charset").orElse("").equalsIgnoreCase("utf-8");
        var realms = challenge.all("realm");
        var realm = realms.contains(service.host())
                ? service.host()
                : realms.stream().findFirst().orElse("");
        var cnonce = nonces.next();
        var uri = service.name() + "/" + service.host();
        var proof = new Proof(secret(realm, nonce, cnonce, utf8), nonce, cnonce, uri);
        var charset = utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        var response = (utf8 ? "charset=utf-8," : "") + "username=" + quoted(credentials.login())
                + (realms.isEmpty() ? "" : ",realm=" + quoted(realm)) + ",nonce=" + quoted(nonce)
                + ",nc=00000001,cnonce=" + quoted(cnonce) + ",digest-uri=" + quoted(uri) + ",response="
                + proof.of("AUTHENTICATE") + ",qop=auth"
                + credentials.actAs().map(name -> ",authzid=" + quoted(name)).orElse("");
        return Respond.expecting(encoded(response, charset), answer -> finish(answer, proof.of("")));
    }

    private static ClientStep finish(byte[] octets, String expected) {
        var proven = DigestChallenge.parse(SaslText.utf8(octets)).one("rspauth").orElse("");
        return MessageDigest.isEqual(utf8(expected), utf8(proven))
                ? Respond.last(new byte[0])
                : new Abort("the server does not know the password");
    }

    /** The response values of both sides (RFC 2831 §2.1.2.1, §2.1.3). */
    private record Proof(String secret, String nonce, String cnonce, String uri) {
        String of(String method) {
            var a2 = hex(md5(utf8(method + ":" + uri)));
            return hex(md5(utf8(secret + ":" + nonce + ":00000001:" + cnonce + ":auth:" + a2)));
        }
    }

    /** {@code HEX(H(A1))}. */
    private String secret(String realm, String nonce, String cnonce, boolean utf8) {
        var user = new ByteArrayOutputStream();
        user.writeBytes(narrow(utf8(credentials.login()), utf8));
        user.writeBytes(utf8(":"));
        user.writeBytes(narrow(utf8(realm), utf8));
        user.writeBytes(utf8(":"));
        user.writeBytes(credentials.password().use(octets -> narrow(octets, utf8)));
        var a1 = new ByteArrayOutputStream();
        a1.writeBytes(md5(user.toByteArray()));
        a1.writeBytes(utf8(":" + nonce + ":" + cnonce
                + credentials.actAs().map(name -> ":" + name).orElse("")));
        return hex(md5(a1.toByteArray()));
    }

    /** As ISO 8859-1 where every character is in it, else as UTF-8, which the server must have offered. */
    private static byte[] narrow(byte[] octets, boolean utf8) {
        var text = SaslText.utf8(octets);
        if (StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        if (!utf8) {
            throw new SaslSyntaxException("the server takes ISO 8859-1 only");
        }
        return octets.clone();
    }

    private static byte[] encoded(String text, Charset charset) {
        if (!charset.newEncoder().canEncode(text)) {
            throw new SaslSyntaxException("the server takes ISO 8859-1 only");
        }
        return text.getBytes(charset);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static byte[] md5(byte[] octets) {
        try {
            return MessageDigest.getInstance("MD5").digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
