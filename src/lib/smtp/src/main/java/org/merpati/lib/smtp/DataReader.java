package org.merpati.lib.smtp;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message after DATA up to its end (RFC 5321 §4.1.1.4, §4.5.2) and passes it on in blocks, the dots that were
 * added for transparency taken out.
 *
 * <p>Decision: a message with a bare CR or LF is refused, once its true end has come. RFC 5321 §2.3.8 forbids to send it;
 * servers that repair it or take it for a line's end disagree with others about where a message ends, and that is how mail is
 * smuggled past checks. Lines may be of any length (RFC 5321 §4.5.3.1.6 is what must be taken at least).
 */
public final class DataReader {
    /** How it went. In every case the message has been read to its end, and commands follow. */
    public sealed interface Result {
        /** All of it was passed on; {@code size} in octets, its last CRLF included. */
        record Whole(long size) implements Result {}

        /** It was over the limit. */
        record TooLarge() implements Result {}

        /** It had a CR or LF that was not part of a CRLF. */
        record BareLineBreak() implements Result {}

        /** The sink failed with this. */
        record NotTaken(IOException cause) implements Result {}
    }

    private enum State {
        LINE_START,
        TEXT,
        CR,
        DOT,
        DOT_CR
    }

    private static final byte[] CR = {'\r'};

    private final SmtpInput in;
    private final OutputStream sink;
    private final long limit;
    private long size;
    private @Nullable Result refused;

    private DataReader(SmtpInput in, OutputStream sink, long limit) {
        this.in = in;
        this.sink = sink;
        this.limit = limit;
    }

    /**
     * @param sink is written in blocks and not closed; a failure of it is a {@link Result}
     * @param limit octets; what is beyond is swallowed, and so is everything after the first reason to refuse
     * @throws IOException what {@code in} throws: the message did not come to its end
     */
    public static Result read(SmtpInput in, OutputStream sink, long limit) throws IOException {
        return new DataReader(in, sink, limit).run();
    }

    private Result run() throws IOException {
        var state = State.LINE_START;
        byte[] buffer = in.buffer;
        int from = in.at; // what has been looked at and not been passed on yet begins here
        while (true) {
            if (in.at == in.end) {
                pass(buffer, from, in.at);
                in.fill();
                from = in.at;
            }
            byte octet = buffer[in.at];
            switch (state) {
                case LINE_START -> {
                    if (octet == '.') {
                        pass(buffer, from, in.at);
                        from = ++in.at;
                        state = State.DOT;
                    } else {
                        state = State.TEXT;
                    }
                }
                case TEXT -> {
                    int at = in.at;
                    int end = in.end;
                    while (at < end && buffer[at] != '\r' && buffer[at] != '\n') {
                        at++;
                    }
                    in.at = at;
                    if (at < end) {
                        in.at++;
                        if (buffer[at] == '\r') {
                            state = State.CR;
                        } else {
                            refuse(new Result.BareLineBreak());
                        }
                    }
                }
                case CR -> {
                    if (octet == '\n') {
                        in.at++;
                        state = State.LINE_START;
                    } else {
                        refuse(new Result.BareLineBreak());
                        state = State.TEXT;
                    }
                }
                case DOT -> {
                    if (octet == '\r') {
                        from = ++in.at; // not part of the message if LF follows
                        state = State.DOT_CR;
                    } else {
                        state = State.TEXT;
                    }
                }
                case DOT_CR -> {
                    if (octet == '\n') {
                        in.at++;
                        return refused != null ? refused : new Result.Whole(size);
                    }
                    pass(CR, 0, 1);
                    refuse(new Result.BareLineBreak());
                    state = State.TEXT;
                }
            }
        }
    }

    private void pass(byte[] bytes, int from, int to) {
        if (refused != null || from == to) {
            return;
        }
        size += to - from;
        if (size > limit) {
            refuse(new Result.TooLarge());
            return;
        }
        try {
            sink.write(bytes, from, to - from);
        } catch (IOException e) {
            refuse(new Result.NotTaken(e));
        }
    }

    private void refuse(Result result) {
        if (refused == null) {
            refused = result;
        }
    }
}
