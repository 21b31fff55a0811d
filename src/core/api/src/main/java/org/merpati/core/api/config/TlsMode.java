package org.merpati.core.api.config;

/** How TLS comes to a listener's connections. */
public enum TlsMode {
    NONE,
    /** When the client asks for it. RFC 3207. */
    STARTTLS,
    /** From the first octet on. RFC 8314 §3. */
    IMPLICIT
}
