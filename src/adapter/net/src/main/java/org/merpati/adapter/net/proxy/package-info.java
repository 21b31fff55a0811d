/**
 * The header by which a proxy says whose connection it passes on: the PROXY protocol, versions 1 and 2, as the receiver.
 *
 * <p>Invariants:
 * <ul>
 * <li>exactly the header's octets are read, so that what follows is whole for TLS or the protocol;
 * <li>a text header is at most 107 octets, a binary one at most 65,551, of which none is kept but the addresses;
 * <li>nothing is looked up; time is the caller's to bound.
 * </ul>
 */
@NullMarked
package org.merpati.adapter.net.proxy;

import org.jspecify.annotations.NullMarked;
