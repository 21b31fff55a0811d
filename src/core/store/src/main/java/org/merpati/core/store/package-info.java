/**
 * The mail model: one service interface per aggregate, values in and out, RFC terms.
 *
 * <p>Handlers reach these interfaces through the door ({@code services.get(Messages.class)}); the implementations are
 * transactional CDI beans in {@code internal}. Invariants, each held by the class that writes:
 * <ul>
 * <li>whoever changes an account first locks its row, several in ascending id order, by raising its modseq
 *     ({@link org.merpati.core.store.internal.AccountLock}); modseqs and uids are given only under that lock;
 * <li>who may find nothing to change holds the row first and raises its modseq only for what has changed
 *     ({@link org.merpati.core.store.internal.AccountChanges}); watchers are told once, after the commit;
 * <li>a mailbox's {@code uid_next} is greater than every uid that was ever in it and never goes down; its uidvalidity is
 *     greater than that of any mailbox of the account made before it, and is kept when it is renamed;
 * <li>a mailbox's {@code messages}, {@code unseen}, {@code deleted} and {@code size} equal what its memberships say, and
 *     an account's {@code messages} and {@code size} what its emails say, in every committed state;
 * <li>an email has at least one membership, at most one in each mailbox, all in mailboxes of its account, and its blob
 *     row is there; where a mailbox holds it already, a copy is another email on the same blob and in the same thread;
 * <li>a membership's modseq is that of the last change of its flags; a keyword change raises those of all memberships of the
 *     email. An email's modseq is that of the last change of its keywords or mailboxes, never of {@code \Deleted}. A mailbox's
 *     is that of the last change in it or of it: none of its memberships and tombstones has a greater one;
 * <li>a uid that leaves a mailbox leaves a row in {@code expunged} as long as the mailbox is there; an email and a mailbox
 *     leave one in {@code destroyed}, and so does an email that comes back into sight, as its last mark {@code \Deleted} was
 *     taken away where all its places had one; these go only when the account's {@code history_from} is raised past them;
 * <li>every mailbox has its parents; names are Net-Unicode, and at most one mailbox of an account has a role;
 * <li>a change of up to a thousand messages is a number of statements that does not depend on theirs, and no statement
 *     reads more of a mailbox than it is about;
 * <li>no transaction delivers to more than 500 accounts; at most one email of an account carries a delivery's id, and the
 *     next try of a delivery that was cut off gets the id of the one before;
 * <li>a removed account ({@code removed} is set) has no address and no domain, and nobody adds to it; its rows go in parts,
 *     the account's own last;
 * <li>every other account has one row among the addresses, made and removed with it; an address is there once, whatever its kind;
 * <li>an identity and a submission are numbered by the account's modseq that they were made at, and leave a row in
 *     {@code destroyed} as mailboxes do;
 * <li>services throw unchecked exceptions only; a refusal is a value, returned before the first write.
 * </ul>
 */
@NullMarked
package org.merpati.core.store;

import org.jspecify.annotations.NullMarked;
