package org.merpati.lib.sasl.server;

import java.util.Optional;

/**
 * What an OAuth client says of itself (RFC 7628 §3.1).
 *
 * @param user whom it wants to be; the token must agree or the caller's rule must
 * @param host the server that it thinks it speaks to: to be checked where that is known (RFC 7628 §3.2)
 */
public record TokenRequest(Optional<String> user, Optional<String> host, Optional<Integer> port) {}
