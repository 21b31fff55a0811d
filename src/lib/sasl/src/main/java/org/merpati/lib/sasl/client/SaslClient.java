package org.merpati.lib.sasl.client;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.merpati.lib.sasl.ChannelBindings;
import org.merpati.lib.sasl.Nonces;
import org.merpati.lib.sasl.ScramHash;
import org.merpati.lib.sasl.client.Credentials.WithPassword;
import org.merpati.lib.sasl.client.Credentials.WithToken;

/**
 * One sign-in to one server.
 *
 * @param confidential whether a secret may travel on this connection as it is
 * @param bindings what this end knows of the channel
 */
public record SaslClient(
        Credentials credentials, Service service, boolean confidential, ChannelBindings bindings, Nonces nonces) {

    /** The best of what the server offers, by name in any mix of case. */
    public Optional<ClientMechanism> choose(Collection<String> offered) {
        var names = offered.stream().map(name -> name.toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
        return Arrays.stream(ClientMechanism.values())
                .filter(each -> names.contains(each.token()) && usable(each))
                .findFirst();
    }

    /** Whether these credentials on this connection allow it. */
    public boolean usable(ClientMechanism mechanism) {
        return switch (mechanism) {
                    case SCRAM_SHA_256_PLUS, SCRAM_SHA_1_PLUS ->
                        credentials instanceof WithPassword && !bindings.isEmpty();
                    case SCRAM_SHA_256, SCRAM_SHA_1, DIGEST_MD5, CRAM_MD5 -> credentials instanceof WithPassword;
                    case PLAIN -> credentials instanceof WithPassword && confidential;
                    case LOGIN ->
                        credentials instanceof WithPassword with
                                && confidential
                                && with.actAs().isEmpty();
                    case OAUTHBEARER, XOAUTH2 -> credentials instanceof WithToken && confidential;
                }
                && (mechanism != ClientMechanism.CRAM_MD5 || actsAsItself());
    }

    private boolean actsAsItself() {
        return credentials instanceof WithPassword with && with.actAs().isEmpty();
    }

    /**
     * Begins an exchange.
     *
     * <p>SCRAM without -PLUS tells the server that it offered no channel binding, if this end knows one; {@link #choose}
     * takes -PLUS wherever it is offered, so that this holds unless somebody in between changed the offer.
     *
     * @param mechanism a {@link #usable} one
     */
    public ClientStep start(ClientMechanism mechanism) {
        if (!usable(mechanism)) {
            throw new IllegalArgumentException(mechanism.token() + " can't be used here");
        }
        return switch (credentials) {
            case WithPassword with -> start(mechanism, with);
            case WithToken with ->
                mechanism == ClientMechanism.XOAUTH2 ? OAuthClient.xoauth2(with) : OAuthClient.bearer(with, service);
        };
    }

    private ClientStep start(ClientMechanism mechanism, WithPassword with) {
        var known = bindings.first();
        return switch (mechanism) {
            case SCRAM_SHA_256_PLUS -> new ScramClient(ScramHash.SHA_256, true, known, with, nonces).start();
            case SCRAM_SHA_1_PLUS -> new ScramClient(ScramHash.SHA_1, true, known, with, nonces).start();
            case SCRAM_SHA_256 -> new ScramClient(ScramHash.SHA_256, false, known, with, nonces).start();
            case SCRAM_SHA_1 -> new ScramClient(ScramHash.SHA_1, false, known, with, nonces).start();
            case LOGIN -> PlainClient.login(with);
            case DIGEST_MD5 -> new DigestMd5Client(with, service, nonces).start();
            case CRAM_MD5 -> CramMd5Client.start(with);
            case PLAIN -> PlainClient.plain(with);
            case OAUTHBEARER, XOAUTH2 -> throw new IllegalArgumentException(mechanism.token() + " takes a token");
        };
    }
}
