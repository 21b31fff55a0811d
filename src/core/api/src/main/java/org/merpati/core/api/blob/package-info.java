/**
 * Message bytes at rest: immutable blobs, found by reference, read outside the door.
 *
 * <p>Invariants: {@link org.merpati.core.api.blob.BlobStore#append} returns only after the bytes are on stable storage; a
 * blob never changes; a reference that stands in a committed row can be read until that row is gone and a grace has passed.
 */
@NullMarked
package org.merpati.core.api.blob;

import org.jspecify.annotations.NullMarked;
