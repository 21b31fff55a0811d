/**
 * The door between protocol threads and the container.
 *
 * <p>A protocol handler runs on its connection's thread, which belongs to no container. Whatever needs the container (a
 * transaction, an injected service) is a {@link org.merpati.core.api.door.Unit} that goes through the
 * {@link org.merpati.core.api.door.Door}. Invariants:
 * <ul>
 * <li>a unit is one store operation; it never touches a socket, never waits for a peer, and is done in milliseconds;
 * <li>the door never throws: every failure is an {@link org.merpati.core.api.door.Outcome};
 * <li>{@code Done} means that the transaction has committed: only then may a protocol reply with success;
 * <li>large answers page through the door, some 500 rows a call.
 * </ul>
 */
@NullMarked
package org.merpati.core.api.door;

import org.jspecify.annotations.NullMarked;
