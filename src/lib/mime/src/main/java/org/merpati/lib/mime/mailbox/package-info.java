/**
 * Reads mailboxes that other programs keep in files: mbox in its variants (RFC 4155) and Maildir with the folders of Maildir++.
 *
 * <p>Invariants: one message at a time, in memory that grows neither with the mailbox nor with a message; nothing is written, moved
 * or locked; what a message holds is given as it stands, but for the quoting that an mbox variant adds.
 */
@NullMarked
package org.merpati.lib.mime.mailbox;

import org.jspecify.annotations.NullMarked;
