package org.merpati.lib.imap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Cuts a stream into commands. It owns one buffer, small while the client is silent and no larger than the command that
 * is in it; used by one thread. Literals that are {@link LiteralChoice.Divert diverted} pass through it in blocks.
 *
 * <p>Leniency: a line may end with LF alone.
 */
public final class ImapReader {
    /** Octets of a command outside its literals (RFC 9051 §4 leaves the limit to the server). */
    public static final int LONGEST_LINE = 65_536;

    private static final int SMALL = 512;
    private static final int BLOCK = 16_384; // of a literal that is diverted
    private static final long FLOOD = 64L << 20;

    private final InputStream in;
    private byte[] buffer = new byte[SMALL];
    private int from; // the first octet that nobody has taken
    private int to;

    public ImapReader(InputStream in) {
        this.in = in;
    }

    /** The next command. What an earlier call returned is gone then. */
    public Input next(LiteralPolicy policy) throws IOException {
        int scanned = 0; // these positions count from the command's first octet: a fill may move it
        int line = 0;
        long kept = 0;
        var diverted = new ArrayList<Diverted>(0);
        while (true) {
            int lf = indexOfLf(from + scanned);
            if (lf < 0) {
                scanned = to - from;
                if (scanned - kept > LONGEST_LINE) {
                    return refuse(to, line, Input.Reason.LINE);
                }
                if (!fill()) {
                    return new Input.End();
                }
                continue;
            }
            if (lf - from - kept > LONGEST_LINE) {
                return refuse(lf, line, Input.Reason.LINE);
            }
            int end = lf > from && buffer[lf - 1] == '\r' ? lf - 1 : lf;
            var announced = LiteralEnd.of(buffer, from + line, end);
            if (announced == null) {
                var command = new CommandReader(buffer, from, end, diverted, false);
                from = lf + 1;
                return new Input.Whole(command);
            }
            int start = lf + 1 - from;
            var choice = policy.decide(new Announced(buffer, from, lf + 1, diverted, verb(end), announced, kept));
            if (choice instanceof LiteralChoice.Refuse
                    || (choice instanceof LiteralChoice.Keep && kept + announced.size() > FLOOD)) {
                return refuse(lf, line, Input.Reason.LITERAL);
            }
            if (announced.synchronizing()) {
                policy.invite();
            }
            scanned = start;
            boolean whole;
            if (choice instanceof LiteralChoice.Divert(var sink)) {
                diverted.add(new Diverted(diverted.size(), start, announced.size(), announced.binary()));
                whole = divert(start, announced.size(), sink);
            } else {
                kept += announced.size();
                scanned += (int) announced.size();
                whole = fillUpTo(scanned);
            }
            if (!whole) {
                return new Input.End();
            }
            line = scanned;
        }
    }

    private boolean fillUpTo(int length) throws IOException {
        while (to - from < length) {
            if (!fill()) {
                return false;
            }
        }
        return true;
    }

    /** Hands over what comes at this place and takes it out of the buffer; false when the stream ends before. */
    private boolean divert(int place, long size, LiteralSink sink) throws IOException {
        long left = size;
        while (true) {
            int start = from + place;
            int count = (int) Math.min(left, to - start);
            if (count > 0) {
                sink.write(buffer, start, count);
                System.arraycopy(buffer, start + count, buffer, start, to - start - count);
                to -= count;
                left -= count;
            }
            if (left == 0) {
                return true;
            }
            makeRoom((int) Math.min(left + SMALL, BLOCK));
            if (!fill()) {
                return false;
            }
        }
    }

    /** Whether the client has sent more than the command that was taken last. */
    public boolean buffered() {
        return from < to;
    }

    /** Hands over what the client has sent behind that command: it is not read as commands any more. */
    public byte[] takeBuffered() {
        var octets = Arrays.copyOfRange(buffer, from, to);
        Arrays.fill(buffer, (byte) 0);
        from = 0;
        to = 0;
        return octets;
    }

    /** Overwrites what has been taken, and gives a large buffer back. Call it before waiting. */
    public void release() {
        if (buffer.length > SMALL && to - from <= SMALL) {
            Arrays.fill(buffer, 0, from, (byte) 0);
            var small = new byte[SMALL];
            System.arraycopy(buffer, from, small, 0, to - from);
            Arrays.fill(buffer, from, to, (byte) 0);
            buffer = small;
            to -= from;
            from = 0;
        } else {
            Arrays.fill(buffer, 0, from, (byte) 0);
        }
    }

    /** Passes over the rest of a command: up to the end of its last line, and its non-synchronizing literals. */
    private Input refuse(int end, int line, Input.Reason reason) throws IOException {
        var tag = tag(end);
        var verb = verb(end);
        from = Math.max(from + line, end - 32);
        long passed = 0;
        while (true) {
            int lf = indexOfLf(from);
            if (lf < 0) {
                int kept = Math.min(to - from, 32); // enough for an announcement at the line's end
                passed += to - from - kept;
                from = to - kept;
                if (passed > FLOOD) {
                    return new Input.Refused(tag, verb, Input.Reason.FLOOD);
                }
                if (!fill()) {
                    return new Input.End();
                }
                continue;
            }
            int lineEnd = lf > from && buffer[lf - 1] == '\r' ? lf - 1 : lf;
            var announced = LiteralEnd.of(buffer, from, lineEnd);
            from = lf + 1;
            if (announced == null || announced.synchronizing()) {
                return new Input.Refused(
                        tag, verb, reason); // the client waits, and sends no such literal after a refusal
            }
            passed += announced.size();
            if (passed > FLOOD) {
                return new Input.Refused(tag, verb, Input.Reason.FLOOD);
            }
            if (!skip(announced.size())) {
                return new Input.End();
            }
        }
    }

    private boolean skip(long octets) throws IOException {
        long left = octets;
        while (left > to - from) {
            left -= to - from;
            from = to;
            if (!fill()) {
                return false;
            }
        }
        from += (int) left;
        return true;
    }

    private Optional<String> tag(int end) {
        int at = from;
        while (at < end && Chars.tag(buffer[at])) {
            at++;
        }
        boolean whole = at > from && at - from <= 255 && at < end && buffer[at] == ' ';
        return whole ? Optional.of(new String(buffer, from, at - from, StandardCharsets.ISO_8859_1)) : Optional.empty();
    }

    private String verb(int end) {
        int start = from;
        while (start < end && buffer[start] != ' ') {
            start++;
        }
        start = Math.min(start + 1, end);
        int at = start;
        while (at < end && at - start < 32 && Chars.word(buffer[at])) {
            at++;
        }
        return new String(buffer, start, at - start, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
    }

    private int indexOfLf(int start) {
        for (int at = start; at < to; at++) {
            if (buffer[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** So many octets can be read at once then. */
    private void makeRoom(int octets) {
        if (buffer.length - to < octets) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
            if (buffer.length - to < octets) {
                grow(to + octets);
            }
        }
    }

    private void grow(int length) {
        var old = buffer;
        buffer = Arrays.copyOf(old, length);
        Arrays.fill(old, (byte) 0); // it may hold a password
    }

    /** Reads at least one octet more; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (from > 0 && (from == to || to == buffer.length)) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            grow(buffer.length * 2);
        }
        int read = in.read(buffer, to, buffer.length - to);
        if (read < 0) {
            return false;
        }
        to += read;
        return true;
    }
}
