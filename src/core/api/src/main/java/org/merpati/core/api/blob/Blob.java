package org.merpati.core.api.blob;

/** A stored blob: where it is, and the SHA-256 of its bytes in lower-case hexadecimal. */
public record Blob(BlobRef ref, String sha256) {}
