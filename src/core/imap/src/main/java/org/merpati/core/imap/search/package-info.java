/**
 * Which messages of a mailbox a search means, and in what order or threads (RFC 9051 §6.4.4, RFC 5256).
 *
 * <p>A search is evaluated message by message, three-valued: first with what the mailbox's index in memory knows, and only for
 * messages that this leaves open with what the store keeps beside them, and only where that leaves them open with their octets,
 * read outside the door. So each source is read once whatever the keys are, and cheap keys spare the dear ones.
 *
 * <p>Invariants: only messages that the session knows are found; a page of rows and one message's octets (up to a
 * megabyte; of larger ones a window) are in memory at once; a message that is gone meanwhile is not found by what it was.
 */
@NullMarked
package org.merpati.core.imap.search;

import org.jspecify.annotations.NullMarked;
