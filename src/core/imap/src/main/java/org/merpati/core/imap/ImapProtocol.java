package org.merpati.core.imap;

import java.io.IOException;
import org.merpati.core.api.Platform;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.session.Protocol;
import org.merpati.core.api.watch.Watchers;

/** IMAP4rev1 for any number of connections, with or without TLS. */
public final class ImapProtocol implements Protocol {
    private final Surroundings surroundings;

    public ImapProtocol(Config config, Door door, Directory directory, BlobStore blobs, Watchers watchers) {
        this(new Surroundings(config, door, directory, blobs, watchers, Thread::sleep));
    }

    public ImapProtocol(Door door, Platform platform) {
        this(platform.config(), door, platform.directory(), platform.blobs(), platform.watchers());
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
