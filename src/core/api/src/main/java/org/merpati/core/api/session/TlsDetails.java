package org.merpati.core.api.session;

import java.util.Optional;

/**
 * What was agreed when a connection was secured; for trace fields (RFC 8314 §7.4) and logs.
 *
 * @param protocol as Java names it: {@code TLSv1.3}
 * @param cipher as IANA names it: {@code TLS_AES_128_GCM_SHA256}
 * @param serverName the host name that the client asked for, in lower case (RFC 6066 §3); not checked against anything
 */
public record TlsDetails(String protocol, String cipher, Optional<String> serverName) {}
