/** People in the internal tables: the first implementation of the {@code Directory} port, and how passwords are kept. */
@NullMarked
package org.merpati.core.store.directory;

import org.jspecify.annotations.NullMarked;
