/**
 * The meaning of each IMAP command (RFC 9051, RFC 3501 and their extensions), over the store's services behind the door.
 *
 * <p>{@link org.merpati.core.imap.ImapProtocol} is what the network sees. A session belongs to its connection's thread; a
 * {@code …Handler} says what one command does and answers a {@code Completion}, which the session turns into the tagged
 * reply. Invariants:
 * <ul>
 * <li>nothing is written to the socket inside the door, and message octets are read outside it;
 * <li>a session's view of its mailbox, a snapshot of the index, changes only where it is told to the client: in {@code
 *     Updates};
 * <li>one thread writes at a time: the connection's own, or, while that waits in IDLE, or for a command of a client that has
 *     given NOTIFY, one task of the network's that a commit has set off; the idle lock hands over between them;
 * <li>what NOTIFY tells of other mailboxes costs what has changed since the last look, never their number;
 * <li>nothing polls: a session looks at its mailbox's index after its watch has said that there is something new;
 * <li>a wrong password and an unknown login are answered alike.
 * </ul>
 */
@NullMarked
package org.merpati.core.imap;

import org.jspecify.annotations.NullMarked;
