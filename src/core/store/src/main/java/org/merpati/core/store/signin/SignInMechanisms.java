package org.merpati.core.store.signin;

import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.sasl.ChannelBinding;
import org.merpati.lib.sasl.ChannelBindings;
import org.merpati.lib.sasl.Nonces;
import org.merpati.lib.sasl.server.Channel;
import org.merpati.lib.sasl.server.OAuthHints;
import org.merpati.lib.sasl.server.SaslServer;
import org.merpati.lib.sasl.server.ScramDecoys;
import org.merpati.lib.sasl.server.ServerMechanism;
import org.merpati.lib.sasl.server.ServerStep;

/** Which SASL mechanisms a client may sign in by, on its connection as it is now. */
public final class SignInMechanisms {
    private static final Set<ServerMechanism> BY_TOKEN =
            EnumSet.of(ServerMechanism.OAUTHBEARER, ServerMechanism.XOAUTH2);

    /** One for all protocols, so that they tell the same of a login that there is not; new with each start of the server. */
    private static final byte[] DECOY_KEY = decoyKey();

    /** As of the verifiers that the directory keeps. */
    private static final int SALT = 16;

    private static final int ITERATIONS = 4096;

    private final boolean allowPlaintext;
    private final Directory directory;
    private final SaslServer sasl;

    /** @param allowPlaintext whether a password may come without TLS, and then from loopback only */
    public SignInMechanisms(boolean allowPlaintext, Directory directory) {
        this(allowPlaintext, directory, DECOY_KEY.clone(), Nonces.random());
    }

    public SignInMechanisms(boolean allowPlaintext, Directory directory, byte[] decoyKey, Nonces nonces) {
        this.allowPlaintext = allowPlaintext;
        this.directory = directory;
        this.sasl = new SaslServer(
                EnumSet.allOf(ServerMechanism.class),
                new ScramDecoys(decoyKey, SALT, ITERATIONS),
                OAuthHints.none(),
                nonces);
    }

    private static byte[] decoyKey() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** The better first. Without an issuer of tokens those that want one are missing. */
    public List<ServerMechanism> offered(Connection connection) {
        return sasl.offered(channel(connection)).stream()
                .filter(this::answerable)
                .toList();
    }

    /** Whether there is such a mechanism, and TLS alone is what it lacks. */
    public boolean wantsTls(ServerMechanism mechanism, Connection connection) {
        return mechanism.need() == ServerMechanism.Need.CONFIDENTIALITY
                && answerable(mechanism)
                && !confidential(connection);
    }

    /** Whether a password may be said on this connection as it is now. */
    public boolean confidential(Connection connection) {
        var peer = connection.peer().getAddress();
        return connection.secure() || (allowPlaintext && peer != null && peer.isLoopbackAddress());
    }

    /** @param mechanism one that is {@link #offered} */
    ServerStep start(ServerMechanism mechanism, Connection connection, Optional<byte[]> initial) {
        return sasl.start(mechanism, channel(connection), initial);
    }

    private boolean answerable(ServerMechanism mechanism) {
        return !BY_TOKEN.contains(mechanism) || directory.takesTokens();
    }

    private Channel channel(Connection connection) {
        return new Channel(confidential(connection), bindings(connection));
    }

    private static ChannelBindings bindings(Connection connection) {
        return ChannelBindings.of(Stream.of(ChannelBinding.TLS_EXPORTER, ChannelBinding.TLS_SERVER_END_POINT)
                .flatMap(type -> connection.binding(type).stream())
                .map(found -> new ChannelBinding(found.type(), found.data()))
                .toList());
    }
}
