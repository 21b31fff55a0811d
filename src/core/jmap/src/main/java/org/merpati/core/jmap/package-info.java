/**
 * The meaning of JMAP (RFC 8620, RFC 8621): which methods there are, what each does, what the session says.
 *
 * <p>Plain Java; the store is reached through the door that {@link org.merpati.core.jmap.JmapApi} was given, once for each
 * store operation. Invariants:
 * <ul>
 * <li>a capability lists its methods; a method exists for a request only if the request is {@code using} its capability;
 * <li>a call sees one account, the caller's own; any other id is {@code accountNotFound}, whether it exists or not;
 * <li>every limit in the session object is enforced;
 * <li>a failed call is an {@code error} response, and the next call goes on (RFC 8620 §3.6.2).
 * </ul>
 */
@NullMarked
package org.merpati.core.jmap;

import org.jspecify.annotations.NullMarked;
