package org.merpati.core.api.blob;

/**
 * Where a blob's bytes are.
 *
 * @param segment the number of the segment file
 * @param offset of the blob's record in it, in octets
 * @param size of the blob itself, in octets
 */
public record BlobRef(long segment, long offset, long size) {}
