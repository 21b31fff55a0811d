/** What the whole server stands on, opened once at start and handed to whoever needs it. */
@NullMarked
package org.merpati.core.api;

import org.jspecify.annotations.NullMarked;
