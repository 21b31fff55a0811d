/**
 * Signing in by SASL (RFC 4422), the same for every protocol: which mechanisms a connection is offered, and the exchange from
 * its first message to whose login is proven. How challenges travel is the protocol's own affair.
 *
 * <p>Invariants: what somebody unknown is answered is the same over all protocols of a server, and no other than what
 * somebody with a wrong password gets; nobody acts as another, and an administrator has no mail.
 */
@NullMarked
package org.merpati.core.store.signin;

import org.jspecify.annotations.NullMarked;
