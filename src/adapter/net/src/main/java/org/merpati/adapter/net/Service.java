package org.merpati.adapter.net;

import org.merpati.core.api.config.ThreadKind;
import org.merpati.core.api.config.TlsMode;
import org.merpati.core.api.session.Protocol;

/**
 * What a {@link Listener} does with connections.
 *
 * @param keys asked only where TLS is not none
 */
record Service(Protocol protocol, TlsMode tls, TlsSource keys, Limits limits, ThreadKind threads, Patience patience) {}
