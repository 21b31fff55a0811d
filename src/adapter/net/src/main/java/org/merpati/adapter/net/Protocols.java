package org.merpati.adapter.net;

import org.merpati.core.api.Platform;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.session.Protocol;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.imap.ImapProtocol;
import org.merpati.core.smtp.SmtpKind;
import org.merpati.core.smtp.SmtpProtocol;
import org.merpati.core.transport.StoringReception;

/** Which protocol which listener speaks, put together from the platform's parts. */
final class Protocols implements ProtocolFactory {
    @Override
    public Protocol make(MailListener listener, Platform platform, Door door) {
        var config = platform.config();
        return switch (listener) {
            case SMTP ->
                new SmtpProtocol(
                        SmtpKind.MX,
                        platform,
                        door,
                        new StoringReception(config, platform.blobs(), platform.clock()),
                        new SmtpStage() {});
            case IMAP, IMAPS ->
                new ImapProtocol(config, door, platform.directory(), platform.blobs(), platform.watchers());
        };
    }
}
