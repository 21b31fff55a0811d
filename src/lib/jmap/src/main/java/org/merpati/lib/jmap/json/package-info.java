/**
 * JSON as it comes from strangers and goes to them: one tree of Jackson's, read under limits and written to a stream.
 *
 * <p>What is read is I-JSON (RFC 7493): UTF-8, no member twice, no lone surrogate, no number beyond a double. Invariants:
 * <ul>
 * <li>size, depth, length of strings and numbers, and the number of tokens are bounded while reading, so that no body
 *     makes a tree out of proportion;
 * <li>whatever was read can be written again.
 * </ul>
 */
@NullMarked
package org.merpati.lib.jmap.json;

import org.jspecify.annotations.NullMarked;
