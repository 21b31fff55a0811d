/** The house's rules as tests: rings only downward, siblings blind to each other, no cycles, one-way doors. */
@NullMarked
package org.merpati.check.architecture;

import org.jspecify.annotations.NullMarked;
