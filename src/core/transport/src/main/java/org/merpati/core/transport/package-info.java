/**
 * The way of a message: accepted with its envelope, given its trace fields, stored for its recipients (DESIGN §3).
 *
 * <p>Invariants: nothing is open while checks run; the bytes are on stable storage before the one transaction begins; a
 * result of {@code Accepted} means that it has committed. To more than 500 accounts it is several transactions, and
 * {@code Accepted} means all of them; a sender who comes again after any other result reaches those who lack the message.
 */
@NullMarked
package org.merpati.core.transport;

import org.jspecify.annotations.NullMarked;
