/**
 * Cuts the power under database and segments while mail is delivered and changed, and looks at what is left: it opens,
 * every operation that was answered holds, and rows, counters, tombstones and blobs agree.
 *
 * <p>{@link org.merpati.check.powercut.PowerCut} is the program; {@code merpati dev powercut} starts it.
 */
@NullMarked
package org.merpati.check.powercut;

import org.jspecify.annotations.NullMarked;
