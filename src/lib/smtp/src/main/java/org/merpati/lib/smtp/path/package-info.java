/**
 * Addresses as SMTP writes them: reverse-path, forward-path, mailbox, domain, address literal (RFC 5321 §4.1.2, §4.1.3).
 *
 * <p>Invariants: source routes are read and dropped (RFC 5321 §4.1.1.3, appendix C); a value holds printable ASCII only;
 * a local part is kept without its quotes, so that all ways of quoting it are equal, and is written with the fewest.
 */
@NullMarked
package org.merpati.lib.smtp.path;

import org.jspecify.annotations.NullMarked;
