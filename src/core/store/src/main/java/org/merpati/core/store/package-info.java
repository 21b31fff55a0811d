/**
 * The mail model: one service interface per aggregate, values in and out, RFC terms.
 *
 * <p>Handlers reach these interfaces through the door ({@code services.get(Messages.class)}); the implementations are
 * transactional CDI beans in {@code internal}. Invariants, each held by the class that writes:
 * <ul>
 * <li>whoever changes an account first locks its row, several in ascending id order, by raising its modseq
 *     ({@link org.merpati.core.store.internal.AccountLock}); modseqs and uids are given only under that lock;
 * <li>a mailbox's {@code uid_next} is greater than every uid in it and never goes down; its uidvalidity is greater than
 *     that of any mailbox of the account before it;
 * <li>a mailbox's {@code messages}, {@code unseen} and {@code size} equal what its memberships say, in every committed
 *     state;
 * <li>every account has one row among the addresses, made and removed with it; an address is there once, whatever its kind;
 * <li>an email has at least one membership, and its blob row is there;
 * <li>services throw unchecked exceptions only; a refusal is a value, returned before the first write.
 * </ul>
 */
@NullMarked
package org.merpati.core.store;

import org.jspecify.annotations.NullMarked;
