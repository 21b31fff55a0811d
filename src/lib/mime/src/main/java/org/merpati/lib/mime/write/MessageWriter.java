package org.merpati.lib.mime.write;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** How messages are written: a value, each method gives a changed copy. Unless told otherwise, for any mail server there is. */
public final class MessageWriter {
    private static final int BUFFER = 16 * 1024;

    private final Transport transport;
    private final boolean utf8;
    private final RandomGenerator random;

    public MessageWriter() {
        this(Transport.SEVEN_BIT, false, new SecureRandom());
    }

    private MessageWriter(Transport transport, boolean utf8, RandomGenerator random) {
        this.transport = transport;
        this.utf8 = utf8;
        this.random = random;
    }

    /** What may be used. Each part takes the cheapest encoding that is safe with it. */
    public MessageWriter transport(Transport transport) {
        return new MessageWriter(utf8 ? transport.atLeast(Transport.EIGHT_BIT) : transport, utf8, random);
    }

    /** Headers in UTF-8 without encoded words or A-labels (RFC 6532 §3), for ways that carry them, which carry 8bit too (RFC 6531 §3.1). */
    public MessageWriter utf8() {
        return new MessageWriter(transport.atLeast(Transport.EIGHT_BIT), true, random);
    }

    /** Where boundaries come from. */
    public MessageWriter random(RandomGenerator random) {
        return new MessageWriter(transport, utf8, random);
    }

    /**
     * Reads the contents once and decides how each part travels.
     *
     * @throws IllegalArgumentException when a value can't be written, or a message within needs more than the transport carries
     */
    public PreparedMessage prepare(NewMessage message) throws IOException {
        return new PreparedMessage(new Planner(transport, utf8, random).message(message));
    }

    /** {@link #prepare} and {@link PreparedMessage#writeTo} in one. The stream is flushed, not closed. */
    public void write(NewMessage message, OutputStream out) throws IOException {
        var prepared = prepare(message);
        var buffered = new BufferedOutputStream(out, BUFFER);
        prepared.writeTo(buffered);
        buffered.flush();
    }
}
