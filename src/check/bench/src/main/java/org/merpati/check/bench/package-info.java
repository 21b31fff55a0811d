/**
 * Load and torture programs that meet a running server only over its public protocols. Each prints progress on standard
 * error and its result on standard output; the last line of those that judge is {@code N passed, N failed}.
 */
@NullMarked
package org.merpati.check.bench;

import org.jspecify.annotations.NullMarked;
