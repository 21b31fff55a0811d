package org.merpati.core.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.session.Protocol;
import org.merpati.core.api.spool.Spool;
import org.merpati.core.transport.Reception;

/** Takes mail from other servers. */
public final class SmtpProtocol implements Protocol {
    private static final Logger LOG = System.getLogger(SmtpProtocol.class.getName());

    private final SmtpServer server;

    public SmtpProtocol(
            SmtpKind kind, Config config, Door door, Directory directory, Spool spool, Reception reception) {
        this(new SmtpServer(SmtpLimits.of(config), door, directory, spool, reception, Pacing.REAL));
    }

    SmtpProtocol(SmtpServer server) {
        this.server = server;
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
