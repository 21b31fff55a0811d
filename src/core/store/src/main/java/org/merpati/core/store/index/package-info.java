/**
 * The in-memory index of a mailbox: what lists, searches and flags need of each message, in primitive arrays (DESIGN §2.18).
 *
 * <p>It is read from the rows and never the truth: whatever a change depends on is asked of the database again. Indexes are
 * immutable and shared by all sessions; a change makes a new one that has most of its chunks in common with the old one.
 */
@NullMarked
package org.merpati.core.store.index;

import org.jspecify.annotations.NullMarked;
