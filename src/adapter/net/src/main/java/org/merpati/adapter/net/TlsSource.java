package org.merpati.adapter.net;

import javax.net.ssl.SSLContext;

/** Gives each handshake the keys and certificates that are right at that moment. */
@FunctionalInterface
interface TlsSource {
    SSLContext context();
}
