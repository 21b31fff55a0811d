package org.merpati.lib.sasl.server;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.sasl.Identity;
import org.merpati.lib.sasl.Password;
import org.merpati.lib.sasl.SaslSyntaxException;
import org.merpati.lib.sasl.ScramCredential;
import org.merpati.lib.sasl.ScramHash;
import org.merpati.lib.sasl.Token;

/** What a server does next in an exchange. */
public sealed interface ServerStep {
    /** Send these octets, which may be none, and answer with the client's response. */
    final class Challenge implements ServerStep {
        private final byte[] octets;
        private final Function<byte[], ServerStep> next;

        Challenge(byte[] octets, Function<byte[], ServerStep> next) {
            this.octets = octets;
            this.next = next;
        }

        /** Not yet in base64. */
        public byte[] octets() {
            return octets.clone();
        }

        /** @param response as the client sent it, out of base64 */
        public ServerStep respond(byte[] response) {
            return PeerMessage.read(next, response);
        }
    }

    /** Ask the directory whether this password is the login's. */
    final class CheckPassword implements ServerStep {
        private final Identity identity;
        private final Password password;

        CheckPassword(Identity identity, Password password) {
            this.identity = identity;
            this.password = password;
        }

        public Identity identity() {
            return identity;
        }

        /** As the client sent it, not prepared: the directory knows what its hashes were made of. The caller closes it. */
        public Password password() {
            return password;
        }

        public ServerStep accepted() {
            return new Accepted(identity, null);
        }

        public ServerStep refused() {
            return Refused.credentials();
        }
    }

    /**
     * Ask the directory for what it keeps of this login. Both answers lead to a challenge, so that a client can't tell them
     * apart.
     */
    final class FindScramCredential implements ServerStep {
        private final Identity identity;
        private final ScramHash hash;
        private final Function<Optional<ScramCredential>, ServerStep> next;

        FindScramCredential(Identity identity, ScramHash hash, Function<Optional<ScramCredential>, ServerStep> next) {
            this.identity = identity;
            this.hash = hash;
            this.next = next;
        }

        public Identity identity() {
            return identity;
        }

        public ScramHash hash() {
            return hash;
        }

        public ServerStep found(ScramCredential credential) {
            return next.apply(Optional.of(credential));
        }

        /** Nobody of that name, or nobody with a password, or somebody who may not sign in. */
        public ServerStep unknown() {
            return next.apply(Optional.empty());
        }
    }

    /** Ask whoever issues tokens whether this one is good, and whose it is. */
    final class CheckToken implements ServerStep {
        private final Token token;
        private final TokenRequest request;
        private final Function<TokenFault, ServerStep> refusal;

        CheckToken(Token token, TokenRequest request, Function<TokenFault, ServerStep> refusal) {
            this.token = token;
            this.request = request;
            this.refusal = refusal;
        }

        public Token token() {
            return token;
        }

        /** What the client said beside the token; none of it is proven. */
        public TokenRequest request() {
            return request;
        }

        /** @param login whom the token belongs to, by its issuer's word */
        public ServerStep accepted(String login) {
            return new Accepted(new Identity(login, request.user()), null);
        }

        public ServerStep refused(TokenFault fault) {
            return refusal.apply(fault);
        }
    }

    /** The login is proven. */
    final class Accepted implements ServerStep {
        private final Identity identity;
        private final byte @Nullable [] data;

        Accepted(Identity identity, byte @Nullable [] data) {
            this.identity = identity;
            this.data = data;
        }

        public Identity identity() {
            return identity;
        }

        /** What the client must get together with its success, where the protocol can carry it (ManageSieve's OK can). */
        public Optional<byte[]> data() {
            return Optional.ofNullable(data).map(byte[]::clone);
        }

        /**
         * For protocols whose success carries nothing (SMTP, RFC 4954 §4; IMAP; POP3): the data as one more challenge, which
         * the client answers with nothing. This step itself where there is no data.
         */
        public ServerStep withDataAsChallenge() {
            var last = data;
            if (last == null) {
                return this;
            }
            return new Challenge(last, response -> {
                if (response.length != 0) {
                    throw new SaslSyntaxException("expected an empty response");
                }
                return new Accepted(identity, null);
            });
        }
    }

    /** @param text for logs: ours, nothing of the peer's */
    record Refused(Reason reason, String text) implements ServerStep {
        public enum Reason {
            /** The message breaks the mechanism's grammar. */
            MALFORMED,
            /** A wrong password, proof or token, or nobody of that name. */
            CREDENTIALS,
            /** The channel binding does not fit: somebody may stand in between. */
            CHANNEL_BINDING
        }

        static Refused credentials() {
            return new Refused(Reason.CREDENTIALS, "wrong credentials");
        }
    }
}
