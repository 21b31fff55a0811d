/** How EclipseLink finds the transaction manager of whatever home it runs in. */
@NullMarked
package org.merpati.core.store.jpa;

import org.jspecify.annotations.NullMarked;
