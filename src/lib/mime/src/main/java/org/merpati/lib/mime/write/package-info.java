/**
 * Builds messages and writes them as streams (RFC 5322, RFC 2045 to 2047, 2183, 2231, 2392, 6532).
 *
 * <p>{@link MessageBuilder} collects what a message says, {@link BodyPart} what it carries, {@link MessageWriter} decides how that
 * travels. Invariants: what is written reads back as the same values; no line is longer than 998 octets, and none longer than 78
 * characters that may be folded; no value can end its field and begin another; contents are opened and copied, never held in memory.
 * What can't be written so is refused with an {@link IllegalArgumentException} that names the field, before the first octet goes out.
 */
@NullMarked
package org.merpati.lib.mime.write;

import org.jspecify.annotations.NullMarked;
