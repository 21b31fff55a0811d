package org.merpati.lib.mime.transfer;

import java.io.InputStream;
import org.merpati.lib.mime.bytes.ConvertingInputStream;

/** A body read with its transfer encoding removed. Closing it closes the body's stream. */
public final class DecodingInputStream extends ConvertingInputStream {
    private final TransferDecoder decoder;

    public DecodingInputStream(InputStream in, TransferDecoder decoder) {
        super(in, 1, TransferDecoder.MOST_HELD);
        this.decoder = decoder;
    }

    @Override
    protected int convert(byte[] from, int length, byte[] to) {
        return decoder.decode(from, 0, length, to, 0);
    }

    @Override
    protected int finish(byte[] to) {
        return decoder.finish(to, 0);
    }
}
