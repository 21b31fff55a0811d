/**
 * Where the bytes of a message wait while it is being received: on the heap while small, in an encrypted temporary file
 * beyond, under one budget for the whole server.
 */
@NullMarked
package org.merpati.core.api.spool;

import org.jspecify.annotations.NullMarked;
