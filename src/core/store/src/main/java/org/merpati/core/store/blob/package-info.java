/**
 * Blobs in append-only segment files (DESIGN §2.15).
 *
 * <p>Invariants: a record is written once and never changed; {@code append} returns after an fsync that covers it; what a
 * committed row refers to was durable before the row; garbage after a crash lies where no row points. A segment that is
 * no longer appended to may be given up: its live records are copied to the end, the rows are told, and the file goes when
 * no row names it ({@link org.merpati.core.store.Housekeeping}).
 */
@NullMarked
package org.merpati.core.store.blob;

import org.jspecify.annotations.NullMarked;
