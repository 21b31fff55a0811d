package org.merpati.lib.sasl.server;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.merpati.lib.sasl.Nonces;
import org.merpati.lib.sasl.ScramHash;
import org.merpati.lib.sasl.server.ServerMechanism.Need;

/** The mechanisms that are switched on, and how each begins. For any thread. */
public final class SaslServer {
    private final Set<ServerMechanism> enabled;
    private final ScramDecoys decoys;
    private final OAuthServer oauth;
    private final Nonces nonces;

    public SaslServer(Set<ServerMechanism> enabled, ScramDecoys decoys, OAuthHints hints, Nonces nonces) {
        this.enabled = enabled.isEmpty() ? EnumSet.noneOf(ServerMechanism.class) : EnumSet.copyOf(enabled);
        this.decoys = decoys;
        this.oauth = new OAuthServer(hints);
        this.nonces = nonces;
    }

    /** What may be announced on this connection, the better first. */
    public List<ServerMechanism> offered(Channel channel) {
        return enabled.stream().filter(each -> offers(each, channel)).toList();
    }

    private boolean offers(ServerMechanism mechanism, Channel channel) {
        return enabled.contains(mechanism)
                && switch (mechanism.need()) {
                    case NOTHING -> true;
                    case CONFIDENTIALITY -> channel.confidential();
                    case BINDING -> !channel.bindings().isEmpty();
                };
    }

    /**
     * Begins an exchange.
     *
     * @param mechanism one that is {@link #offered} here
     * @param initial the initial response out of base64; empty where the client sent none, which is not the same as one of
     *     no octets
     */
    public ServerStep start(ServerMechanism mechanism, Channel channel, Optional<byte[]> initial) {
        if (!offers(mechanism, channel)) {
            throw new IllegalArgumentException(mechanism.token() + " is not offered on this connection");
        }
        return switch (mechanism) {
            case SCRAM_SHA_256_PLUS -> scram(ScramHash.SHA_256, true, channel, initial);
            case SCRAM_SHA_256 -> scram(ScramHash.SHA_256, false, channel, initial);
            case SCRAM_SHA_1_PLUS -> scram(ScramHash.SHA_1, true, channel, initial);
            case SCRAM_SHA_1 -> scram(ScramHash.SHA_1, false, channel, initial);
            case OAUTHBEARER -> clientFirst(oauth::bearer, initial);
            case XOAUTH2 -> clientFirst(oauth::xoauth2, initial);
            case PLAIN -> clientFirst(PlainServer::message, initial);
            case LOGIN ->
                initial.filter(name -> name.length > 0)
                        .map(name -> PeerMessage.read(LoginServer::name, name))
                        .orElseGet(LoginServer::start);
        };
    }

    private ServerStep scram(ScramHash hash, boolean plus, Channel channel, Optional<byte[]> initial) {
        boolean plusOffered = enabled.stream()
                .anyMatch(each -> each.need() == Need.BINDING
                        && each.token().equals(hash.mechanism(true))
                        && offers(each, channel));
        var server = new ScramServer(hash, plus, plusOffered, channel.bindings(), decoys, nonces);
        return clientFirst(server::clientFirst, initial);
    }

    /** A mechanism in which the client begins: without its initial response it is asked for by an empty challenge. */
    private static ServerStep clientFirst(Function<byte[], ServerStep> first, Optional<byte[]> initial) {
        return initial.map(message -> PeerMessage.read(first, message))
                .orElseGet(() -> new ServerStep.Challenge(new byte[0], first));
    }
}
