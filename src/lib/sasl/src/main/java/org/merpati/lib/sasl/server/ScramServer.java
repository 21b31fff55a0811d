package org.merpati.lib.sasl.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.merpati.lib.sasl.ChannelBindings;
import org.merpati.lib.sasl.Identity;
import org.merpati.lib.sasl.Nonces;
import org.merpati.lib.sasl.SaslSyntaxException;
import org.merpati.lib.sasl.SaslText;
import org.merpati.lib.sasl.ScramCredential;
import org.merpati.lib.sasl.ScramHash;
import org.merpati.lib.sasl.ScramMessage;
import org.merpati.lib.sasl.ScramMessage.Gs2Header;
import org.merpati.lib.sasl.server.ServerStep.Refused;

/**
 * SCRAM and its -PLUS variant (RFC 5802 §5). A failed exchange ends without a server-final-message, which is optional, so
 * that nothing tells a wrong password from a login that does not exist.
 *
 * @param plus whether the -PLUS name was chosen
 * @param plusOffered whether the client was offered it: one that says it saw none has been lied to (RFC 5802 §6)
 */
record ScramServer(
        ScramHash hash,
        boolean plus,
        boolean plusOffered,
        ChannelBindings bindings,
        ScramDecoys decoys,
        Nonces nonces) {

    ServerStep clientFirst(byte[] message) {
        var text = SaslText.utf8(message);
        var header = Gs2Header.parse(text);
        var refusal = refusal(header);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var bare = text.substring(header.length());
        var attributes = new ScramMessage(bare);
        var login = SaslText.login(ScramMessage.name(attributes.next('n')));
        var clientNonce = ScramMessage.printable(attributes.next('r'));
        attributes.extensions('\0');
        attributes.end();
        var actAs = header.actAs().isEmpty() ? Optional.<String>empty() : Optional.of(SaslText.login(header.actAs()));
        var identity = new Identity(login, actAs);
        return new ServerStep.FindScramCredential(
                identity,
                hash,
                found -> serverFirst(
                        new Exchange(
                                identity,
                                found.isPresent(),
                                found.orElseGet(() -> decoys.of(hash, login)),
                                cbindInput(text.substring(0, header.length()), header)),
                        bare,
                        clientNonce));
    }

    /** @param known else the credential is a decoy, and no proof counts */
    private record Exchange(Identity identity, boolean known, ScramCredential credential, String cbind) {}

    private Optional<Refused> refusal(Gs2Header header) {
        String problem = switch (header.flag()) {
            case 'p' ->
                !plus
                        ? "channel binding in a mechanism without"
                        : bindings.find(header.binding()).isEmpty() ? "unsupported channel binding type" : "";
            case 'y' ->
                plus
                        ? "no channel binding in -PLUS"
                        : plusOffered ? "the client was not shown -PLUS, which was offered" : "";
            default -> plus ? "no channel binding in -PLUS" : "";
        };
        return problem.isEmpty() ? Optional.empty() : Optional.of(new Refused(Refused.Reason.CHANNEL_BINDING, problem));
    }

    private ServerStep serverFirst(Exchange exchange, String clientFirstBare, String clientNonce) {
        var nonce = clientNonce + nonces.next();
        var serverFirst = "r=" + nonce + ",s=" + SaslText.base64(exchange.credential.salt()) + ",i="
                + exchange.credential.iterations();
        return new ServerStep.Challenge(
                serverFirst.getBytes(StandardCharsets.UTF_8),
                message -> clientFinal(exchange, nonce, clientFirstBare + "," + serverFirst, message));
    }

    private ServerStep clientFinal(Exchange exchange, String nonce, String before, byte[] message) {
        var text = SaslText.utf8(message);
        var attributes = new ScramMessage(text);
        var binding = attributes.next('c');
        var echoed = attributes.next('r');
        attributes.extensions('p');
        int withoutProof = attributes.position() - 1;
        var proof = SaslText.base64(attributes.next('p'));
        attributes.end();
        if (!echoed.equals(nonce)) {
            throw new SaslSyntaxException("not the nonce that was sent");
        }
        if (!equal(exchange.cbind, binding)) {
            return new Refused(Refused.Reason.CHANNEL_BINDING, "channel bindings don't match");
        }
        var authMessage = before + "," + text.substring(0, withoutProof);
        var storedKey = exchange.credential.storedKey();
        if (proof.length != hash.length() || storedKey.length != hash.length()) {
            return Refused.credentials();
        }
        var clientKey = hash.hmac(storedKey, authMessage);
        ScramHash.xor(clientKey, proof);
        boolean proven = MessageDigest.isEqual(hash.hash(clientKey), storedKey);
        if (!proven || !exchange.known) {
            return Refused.credentials();
        }
        var signature = hash.hmac(exchange.credential.serverKey(), authMessage);
        return new ServerStep.Accepted(
                exchange.identity, ("v=" + SaslText.base64(signature)).getBytes(StandardCharsets.US_ASCII));
    }

    /** {@code cbind-input} in base64: the header as it was sent, with the binding's data after {@code p} alone. */
    private String cbindInput(String header, Gs2Header parsed) {
        var octets = header.getBytes(StandardCharsets.UTF_8);
        var data = parsed.flag() == 'p'
                ? bindings.find(parsed.binding()).orElseThrow().data()
                : new byte[0];
        var all = java.util.Arrays.copyOf(octets, octets.length + data.length);
        System.arraycopy(data, 0, all, octets.length, data.length);
        return SaslText.base64(all);
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
