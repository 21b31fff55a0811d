/**
 * Telling clients that something changed (RFC 8620 §7): what a StateChange says, whatever carries it.
 *
 * <p>Invariants:
 * <ul>
 * <li>nothing is polled: a {@link org.merpati.core.jmap.push.StateFeed} sleeps until the account's watch wakes it, after the commit;
 * <li>a feed holds one state for each type, and what happens while nobody takes from it is added up: its memory is bounded;
 * <li>the states told are those that {@code /get} gives;
 * <li>a feed belongs to one account, its user's own;
 * <li>a device gets nothing but its code before it has answered that, one push a second at most, and none where the server's own
 *     network is; its address and keys are read when they are needed, never shown and never logged.
 * </ul>
 */
@NullMarked
package org.merpati.core.jmap.push;

import org.jspecify.annotations.NullMarked;
