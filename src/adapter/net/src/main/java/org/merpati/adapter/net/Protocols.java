package org.merpati.adapter.net;

import org.jspecify.annotations.Nullable;
import org.merpati.core.api.Platform;
import org.merpati.core.api.config.ListenerProtocol;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.session.Protocol;
import org.merpati.core.imap.ImapProtocol;
import org.merpati.core.smtp.SmtpKind;
import org.merpati.core.smtp.SmtpProtocol;
import org.merpati.core.smtp.stage.Stages;
import org.merpati.core.transport.StoringReception;

/** What each protocol is put together from: the platform's parts. Used by one thread at a time. */
final class Protocols implements ProtocolFactory {
    private @Nullable Stages stages;
    private @Nullable ImapProtocol imap;

    @Override
    public Protocol make(ListenerProtocol protocol, Platform platform, Door door) {
        return switch (protocol) {
            case SMTP -> smtp(SmtpKind.MX, platform, door);
            case SUBMISSION, SUBMISSIONS -> smtp(SmtpKind.SUBMISSION, platform, door);
            case LMTP -> smtp(SmtpKind.LMTP, platform, door);
            case IMAP, IMAPS -> imap(platform, door);
        };
    }

    private Protocol smtp(SmtpKind kind, Platform platform, Door door) {
        return new SmtpProtocol(
                kind,
                platform,
                door,
                new StoringReception(platform.config(), platform.blobs(), platform.clock()),
                stages(platform, door));
    }

    /** The same for all listeners, so that throttles count over them. */
    private Stages stages(Platform platform, Door door) {
        var made = stages;
        if (made == null) {
            made = Stages.of(platform.config(), door);
            stages = made;
        }
        return made;
    }

    /** The same for both listeners, so that the limits of a user count over them. */
    private Protocol imap(Platform platform, Door door) {
        var made = imap;
        if (made == null) {
            made = new ImapProtocol(door, platform);
            imap = made;
        }
        return made;
    }
}
