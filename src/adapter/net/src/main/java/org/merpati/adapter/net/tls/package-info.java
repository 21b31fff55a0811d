/**
 * Keys and certificates: read from files, chosen by the host name a client asks for (RFC 6066 §3), read again when the files
 * change.
 *
 * <p>Invariants:
 * <ul>
 * <li>a key and a certificate that don't belong together are never used;
 * <li>files that can't be used leave what there was in use, and are told of once;
 * <li>a connection keeps what its handshake began with.
 * </ul>
 */
@NullMarked
package org.merpati.adapter.net.tls;

import org.jspecify.annotations.NullMarked;
