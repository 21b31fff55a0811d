package org.merpati.lib.sasl.client;

import static org.merpati.lib.sasl.client.PlainClient.utf8;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.merpati.lib.sasl.ChannelBinding;
import org.merpati.lib.sasl.Nonces;
import org.merpati.lib.sasl.Preparation;
import org.merpati.lib.sasl.SaslSyntaxException;
import org.merpati.lib.sasl.SaslText;
import org.merpati.lib.sasl.ScramCredential;
import org.merpati.lib.sasl.ScramHash;
import org.merpati.lib.sasl.ScramMessage;
import org.merpati.lib.sasl.client.ClientStep.Abort;
import org.merpati.lib.sasl.client.ClientStep.Respond;
import org.merpati.lib.sasl.client.Credentials.WithPassword;

/**
 * SCRAM (RFC 5802 §5). Holds the server to a number of iterations that protects the password and does not stall the client.
 *
 * @param plus whether the -PLUS name was chosen
 * @param binding what this end knows of the channel; without {@code plus} it only says that the server offered none
 */
record ScramClient(
        ScramHash hash, boolean plus, Optional<ChannelBinding> binding, WithPassword credentials, Nonces nonces) {
    static final int MAX_ITERATIONS = 2_000_000;
    private static final int MAX_SALT = 1024;

    ClientStep start() {
        var flag = plus ? "p=" + binding.orElseThrow().name() : binding.isPresent() ? "y" : "n"; // RFC 5802 §6
        var header = flag + ","
                + credentials
                        .actAs()
                        .map(name -> "a=" + ScramMessage.encodedName(prepared(name)))
                        .orElse("") + ",";
        var nonce = nonces.next();
        var bare = "n=" + ScramMessage.encodedName(prepared(credentials.login())) + ",r=" + nonce;
        return Respond.expecting(utf8(header + bare), message -> clientFinal(header, bare, nonce, message));
    }

    private static String prepared(String name) {
        return Preparation.query(name).orElse(name);
    }

    private ClientStep clientFinal(String header, String bare, String nonce, byte[] message) {
        var serverFirst = SaslText.utf8(message);
        var attributes = new ScramMessage(serverFirst);
        var whole = ScramMessage.printable(attributes.next('r'));
        var salt = SaslText.base64(attributes.next('s'));
        int iterations = iterations(attributes.next('i'));
        attributes.extensions('\0');
        attributes.end();
        if (!whole.startsWith(nonce) || whole.length() == nonce.length()) {
            return new Abort("the server's nonce does not continue ours");
        }
        if (salt.length > MAX_SALT) {
            return new Abort("a salt of " + salt.length + " octets");
        }
        var withoutProof = "c=" + SaslText.base64(cbindInput(header)) + ",r=" + whole;
        var authMessage = bare + "," + serverFirst + "," + withoutProof;
        var salted = hash.salted(credentials.password(), salt, iterations);
        var clientKey = hash.hmac(salted, "Client Key");
        var proof = hash.hmac(hash.hash(clientKey), authMessage);
        ScramHash.xor(proof, clientKey);
        var expected = hash.hmac(hash.hmac(salted, "Server Key"), authMessage);
        return Respond.expecting(
                utf8(withoutProof + ",p=" + SaslText.base64(proof)), serverFinal -> finish(serverFinal, expected));
    }

    private static ClientStep finish(byte[] message, byte[] expected) {
        var text = SaslText.utf8(message);
        if (text.startsWith("e=")) {
            return new Abort("the server reports an error");
        }
        var attributes = new ScramMessage(text);
        var signature = SaslText.base64(attributes.next('v'));
        attributes.extensions('\0');
        attributes.end();
        return MessageDigest.isEqual(expected, signature)
                ? Respond.last(new byte[0])
                : new Abort("the server does not know the password");
    }

    private static int iterations(String digits) {
        if (!digits.matches("[1-9][0-9]{0,8}")) {
            throw new SaslSyntaxException("expected an iteration count");
        }
        int iterations = Integer.parseInt(digits);
        if (iterations < ScramCredential.MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new SaslSyntaxException(iterations + " iterations");
        }
        return iterations;
    }

    private byte[] cbindInput(String header) {
        var octets = utf8(header);
        var data = plus ? binding.orElseThrow().data() : new byte[0];
        var all = Arrays.copyOf(octets, octets.length + data.length);
        System.arraycopy(data, 0, all, octets.length, data.length);
        return all;
    }
}
