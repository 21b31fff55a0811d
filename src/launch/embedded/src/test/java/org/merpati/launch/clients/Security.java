package org.merpati.launch.clients;

/** How a client reaches the server. */
enum Security {
    CLEAR,
    TLS;

    boolean tls() {
        return this == TLS;
    }

    /** {@code imap} or {@code imaps}. */
    String scheme() {
        return tls() ? "imaps" : "imap";
    }
}
