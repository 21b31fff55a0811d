/**
 * What others ask of a message, computed from its parts' places and headers: bodies and attachments (RFC 8621 §4.1.4), a
 * preview, text of HTML and HTML of text, the subject of a thread (RFC 5256 §2.1), and IMAP's envelope, body structure and
 * sections (RFC 9051 §7.5.2, §6.4.5.1).
 *
 * <ul>
 *   <li>A view reads a {@link org.merpati.lib.mime.Part} and of its header the Content fields and those of an envelope only,
 *       so that parts that were stored without their other fields give the same views.
 *   <li>Nothing a stranger sends makes a view throw; each takes time linear in what it looks at, within limits.
 * </ul>
 */
@NullMarked
package org.merpati.lib.mime.view;

import org.jspecify.annotations.NullMarked;
