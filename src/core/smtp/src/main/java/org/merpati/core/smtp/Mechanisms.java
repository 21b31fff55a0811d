package org.merpati.core.smtp;

import java.util.List;
import java.util.function.Supplier;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.session.Connection;
import org.merpati.core.store.signin.SignInMechanisms;
import org.merpati.lib.sasl.Nonces;
import org.merpati.lib.sasl.server.ServerMechanism;

/** Which SASL mechanisms a client may sign in by, on its connection as it is now. Only submission has any. */
final class Mechanisms {
    private final boolean any;
    private final SignInMechanisms all;

    Mechanisms(SmtpKind kind, SmtpLimits limits, Directory directory, Door door) {
        this(kind, new SignInMechanisms(limits.allowPlaintext(), directory, door));
    }

    Mechanisms(SmtpKind kind, SmtpLimits limits, Directory directory, Supplier<byte[]> decoyKey, Nonces nonces) {
        this(kind, new SignInMechanisms(limits.allowPlaintext(), directory, decoyKey, nonces));
    }

    private Mechanisms(SmtpKind kind, SignInMechanisms all) {
        this.any = kind == SmtpKind.SUBMISSION;
        this.all = all;
    }

    /** The better first. */
    List<ServerMechanism> offered(Connection connection) {
        return any ? all.offered(connection) : List.of();
    }

    /** Where there are any. */
    SignInMechanisms all() {
        return all;
    }

    boolean any() {
        return any;
    }
}
