/**
 * Quotas as JMAP shows them (RFC 9425): the octets and the number of an account's emails, each while something limits it.
 *
 * <p>Invariants:
 * <ul>
 * <li>the numbers are those of IMAP's GETQUOTA ({@link org.merpati.core.store.Quotas.Usage#within}): what others of the domain use
 *     is not told, but where the domain leaves less room than the account's own limit, that is the limit;
 * <li>a state says everything that is shown, so that what changed since any state is known;
 * <li>a request that does not use the mail capability sees no quota, as nothing else counts here.
 * </ul>
 */
@NullMarked
package org.merpati.core.jmap.quota;

import org.jspecify.annotations.NullMarked;
