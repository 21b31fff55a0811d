/**
 * The meaning of JMAP (RFC 8620, RFC 8621): which methods there are, what each does, what the session says.
 *
 * <p>Plain Java; the store is reached through the door that {@link org.merpati.core.jmap.JmapApi} was given. A capability
 * ({@link org.merpati.core.jmap.JmapCapability}) lists its methods. The standard methods are written once: {@code /get} against a
 * {@link org.merpati.core.jmap.DataType}, {@code /changes} against a {@link org.merpati.core.jmap.ChangingType}, {@code /query} and
 * {@code /queryChanges} against a {@link org.merpati.core.jmap.QueryType}, {@code /set} against a
 * {@link org.merpati.core.jmap.SetType}, {@code /copy} against a {@link org.merpati.core.jmap.CopyType}; what a type's properties are
 * and who may set them is in its {@link org.merpati.core.jmap.Properties}.
 *
 * <p>Memory: a method writes its answer while it makes it, one object after the other, and holds a page of records at most
 * ({@link org.merpati.core.jmap.View#page}). Answers are kept as the octets that will be sent: 256 KB of them for a request on the
 * heap, what is beyond in the spool. A result reference reads what it points at from there again, and all that a request
 * refers to has one budget. Texts of bodies are cut at 5 MB.
 *
 * <p>Invariants:
 * <ul>
 * <li>a method exists for a request only if the request is {@code using} its capability;
 * <li>a call sees one account, the caller's own; any other id is {@code accountNotFound}, whether it exists or not;
 * <li>an id is checked by its kind before the store sees it, and what the account has not is not found;
 * <li>every limit in the session object is enforced;
 * <li>octets are read outside the door;
 * <li>a failed call is an {@code error} response, and the next call goes on (RFC 8620 §3.6.2).
 * </ul>
 */
@NullMarked
package org.merpati.core.jmap;

import org.jspecify.annotations.NullMarked;
