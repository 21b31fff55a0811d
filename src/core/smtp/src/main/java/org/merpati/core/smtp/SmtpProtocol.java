package org.merpati.core.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.merpati.core.api.Platform;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.session.Protocol;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.transport.Reception;

/** Takes mail: from other servers, from people, from a server in front of this one. */
public final class SmtpProtocol implements Protocol {
    private static final Logger LOG = System.getLogger(SmtpProtocol.class.getName());

    private final SmtpServer server;

    /**
     * @param platform its config, directory and spool
     * @param stages what has a say in sessions besides this server's own rules
     */
    public SmtpProtocol(SmtpKind kind, Platform platform, Door door, Reception reception, SmtpStage stages) {
        this(server(kind, platform, door, reception, stages));
    }

    SmtpProtocol(SmtpServer server) {
        this.server = server;
    }

    private static SmtpServer server(
            SmtpKind kind, Platform platform, Door door, Reception reception, SmtpStage stages) {
        var limits = SmtpLimits.of(platform.config(), kind);
        return new SmtpServer(
                kind,
                limits,
                door,
                platform.directory(),
                platform.spool(),
                reception,
                new Mechanisms(kind, limits, platform.directory(), door),
                stages,
                Pacing.REAL);
    }

    @Override
    public void serve(Connection connection) throws IOException {
        try {
            new SmtpSession(connection, server).run();
        } catch (EOFException e) {
            LOG.log(Level.DEBUG, () -> connection.id() + ": the client left without QUIT");
        }
    }

    @Override
    public String refusal(String reason) {
        return SmtpFailures.closing(server.limits().hostname(), reason) + "\r\n";
    }
}
