package org.merpati.core.imap;

import java.io.IOException;
import org.merpati.core.api.Platform;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.session.Protocol;

/** IMAP4rev1 for any number of connections, with or without TLS. */
public final class ImapProtocol implements Protocol {
    private final Surroundings surroundings;

    public ImapProtocol(Door door, Platform platform) {
        this(new Surroundings(
                platform.config(),
                door,
                platform.directory(),
                platform.blobs(),
                platform.spool(),
                platform.watchers(),
                platform.clock(),
                Thread::sleep));
    }

    ImapProtocol(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void serve(Connection connection) throws IOException {
        try (var session = new ImapSession(surroundings, connection)) {
            session.run();
        }
    }

    @Override
    public String refusal(String reason) {
        return "* BYE [UNAVAILABLE] " + reason.replaceAll("[^ -~]", "?") + "\r\n";
    }
}
