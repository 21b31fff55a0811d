/**
 * The store measured by itself: its services called through the door, as the protocols call them, on H2 and on PostgreSQL.
 * Rows only: a message's octets are the blob store's.
 */
@NullMarked
package org.merpati.check.bench.store;

import org.jspecify.annotations.NullMarked;
