package org.merpati.core.smtp;

import java.io.IOException;
import org.merpati.core.api.spool.Spooled;
import org.merpati.lib.smtp.ChunkReader;
import org.merpati.lib.smtp.DataReader;
import org.merpati.lib.smtp.SmtpInput;

/** A message that comes in chunks, as far as it has come (RFC 3030 §2). Holds a spool entry until it is closed. */
final class Chunks implements AutoCloseable {
    private final Spooled message;
    private final ChunkReader reader;

    /** @param message is this object's from now on */
    Chunks(SmtpInput in, Spooled message, long limit, boolean binary) {
        this.message = message;
        this.reader = new ChunkReader(in, message.sink(), limit, binary);
    }

    void read(long octets) throws IOException {
        reader.chunk(octets);
    }

    boolean good() {
        return reader.good();
    }

    DataReader.Result result() {
        return reader.result();
    }

    Spooled message() {
        return message;
    }

    @Override
    public void close() {
        message.close();
    }
}
