package org.merpati.core.transport;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Who handed a message over, for its Received field.
 *
 * @param helo what the client called itself
 * @param protocol the {@code with} word of RFC 3848 and RFC 6531 §4.3: SMTP, ESMTP, ESMTPSA, UTF8SMTPS, LMTP …
 */
public record Client(String helo, InetAddress address, String protocol, Optional<Tls> tls) {
    /** Without TLS. */
    public Client(String helo, InetAddress address, String protocol) {
        this(helo, address, protocol, Optional.empty());
    }

    /**
     * @param version {@code TLSv1.3}
     * @param cipher its name with IANA, {@code TLS_AES_256_GCM_SHA384}
     */
    public record Tls(String version, String cipher) {}
}
