/**
 * JMAP (RFC 8620) as values: requests, responses, errors, ids and result references, with the reader and the writer that
 * know their JSON form.
 *
 * <p>Invariants:
 * <ul>
 * <li>only {@link org.merpati.lib.jmap.RequestException} leaves the reader, whatever the bytes are, and only
 *     {@link org.merpati.lib.jmap.MethodException} leaves what reads arguments;
 * <li>a result reference never makes a request's arguments larger than a fixed budget, however references nest.
 * </ul>
 */
@NullMarked
package org.merpati.lib.jmap;

import org.jspecify.annotations.NullMarked;
