package org.merpati.adapter.net;

import org.merpati.core.api.Platform;
import org.merpati.core.api.config.ListenerProtocol;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.session.Protocol;

/** Makes the protocol that a listener speaks, once the server behind it is ready. */
@FunctionalInterface
interface ProtocolFactory {
    Protocol make(ListenerProtocol protocol, Platform platform, Door door);
}
