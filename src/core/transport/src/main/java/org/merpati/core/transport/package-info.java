/**
 * The way of a message: accepted with its envelope, given its trace fields, stored for its recipients (DESIGN §3).
 *
 * <p>Invariants: nothing is open while checks run; the bytes are on stable storage before the one transaction begins; a
 * result of {@code Accepted} means that it has committed.
 */
@NullMarked
package org.merpati.core.transport;

import org.jspecify.annotations.NullMarked;
