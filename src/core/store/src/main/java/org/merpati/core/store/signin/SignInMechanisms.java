package org.merpati.core.store.signin;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.session.Connection;
import org.merpati.core.store.ServerSecrets;
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

    /** As of the verifiers that the directory keeps. */
    private static final int SALT = 16;

    private static final int ITERATIONS = 4096;

    private final boolean allowPlaintext;
    private final Directory directory;
    private final SaslServer sasl;

    /** @param allowPlaintext whether a password may come without TLS, and then from loopback only */
    public SignInMechanisms(boolean allowPlaintext, Directory directory, Door door) {
        this(allowPlaintext, directory, () -> ServerSecrets.of(door, ServerSecrets.SCRAM_DECOYS), Nonces.random());
    }

    /** @param decoyKey asked for when somebody signs in by SCRAM for the first time; what it throws, they get */
    public SignInMechanisms(boolean allowPlaintext, Directory directory, Supplier<byte[]> decoyKey, Nonces nonces) {
        this.allowPlaintext = allowPlaintext;
        this.directory = directory;
        this.sasl = new SaslServer(
                EnumSet.allOf(ServerMechanism.class),
                new ScramDecoys(decoyKey, SALT, ITERATIONS),
                OAuthHints.none(),
                nonces);
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
