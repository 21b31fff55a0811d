package org.merpati.adapter.net;

import org.merpati.core.api.Platform;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.session.Protocol;

/** Which protocol which listener speaks. */
final class Protocols implements ProtocolFactory {
    @Override
    public Protocol make(MailListener listener, Platform platform, Door door) {
        throw new IllegalStateException("no protocol for " + listener.listenerName() + " in this build");
    }
}
