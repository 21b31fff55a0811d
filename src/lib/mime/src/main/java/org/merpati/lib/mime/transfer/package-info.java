/**
 * The content transfer encodings (RFC 2045 §6): base64 and quoted-printable, both ways, as streams.
 *
 * <p>Invariants: what is encoded has lines of at most 76 octets that end with CRLF, and decodes to the same octets; memory
 * does not grow with the content.
 */
@NullMarked
package org.merpati.lib.mime.transfer;

import org.jspecify.annotations.NullMarked;
