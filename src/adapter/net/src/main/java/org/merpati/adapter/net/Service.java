package org.merpati.adapter.net;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.merpati.core.api.config.ThreadKind;
import org.merpati.core.api.session.Protocol;

/**
 * What a {@link Listener} does with connections.
 *
 * @param tls present: a connection begins with the TLS handshake
 */
record Service(Protocol protocol, Optional<SSLContext> tls, Limits limits, ThreadKind threads, Patience patience) {}
