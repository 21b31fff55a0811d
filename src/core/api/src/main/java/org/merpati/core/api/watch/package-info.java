/**
 * Being told of changes after they are committed, without polling.
 */
@NullMarked
package org.merpati.core.api.watch;

import org.jspecify.annotations.NullMarked;
