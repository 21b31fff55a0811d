package org.merpati.lib.mime.transfer;

/** Removes a transfer encoding from octets that come in blocks. For one body, one thread. */
public sealed interface TransferDecoder permits Base64Decoder, QuotedPrintableDecoder {
    /** Octets that one call may give beyond as many as it takes. */
    int MOST_HELD = QuotedPrintableDecoder.MOST_BLANKS + 8;

    /**
     * Decodes {@code in[from, to)} to {@code out} from {@code at} on, where room for as many octets and
     * {@link #MOST_HELD} more is. Returns the place after the last one written.
     */
    int decode(byte[] in, int from, int to, byte[] out, int at);

    /** Writes what the end of the body makes certain. Returns the place after the last octet written. */
    int finish(byte[] out, int at);
}
