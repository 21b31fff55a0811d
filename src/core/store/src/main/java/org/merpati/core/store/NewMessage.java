package org.merpati.core.store;

import org.merpati.core.api.blob.Blob;
import org.merpati.lib.mime.StoredStructure;

/**
 * A message that the store has no row of yet; its bytes are already on stable storage and it was read once, from these bytes.
 *
 * @param headerSize octets up to and with the empty line that ends the header
 * @param subject decoded, for searches; empty when there is none
 * @param structure its parts, and the fields that envelopes and threads are made of
 * @param preview its text's beginning (RFC 8621 §4.1.4)
 */
public record NewMessage(Blob blob, int headerSize, String subject, StoredStructure structure, String preview) {}
