package org.merpati.lib.imap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Cuts a stream into commands. It owns one buffer, small while the client is silent and no larger than the command that
 * is in it; used by one thread.
 *
 * <p>Leniency: a line may end with LF alone.
 */
public final class ImapReader {
    /** Octets of a command outside its literals (RFC 9051 §4 leaves the limit to the server). */
    public static final int LONGEST_LINE = 65_536;

    private static final int SMALL = 512;
    private static final int LARGEST_UNINVITED = 4096; // RFC 7888 §5, LITERAL-
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
        long literals = 0;
        while (true) {
            int lf = indexOfLf(from + scanned);
            if (lf < 0) {
                scanned = to - from;
                if (scanned - literals > LONGEST_LINE) {
                    return refuse(to, Input.Reason.LINE);
                }
                if (!fill()) {
                    return new Input.End();
                }
                continue;
            }
            if (lf - from - literals > LONGEST_LINE) {
                return refuse(lf, Input.Reason.LINE);
            }
            int end = lf > from && buffer[lf - 1] == '\r' ? lf - 1 : lf;
            var announced = Announced.at(buffer, from + line, end);
            if (announced == null) {
                var command = new CommandReader(buffer, from, end);
                from = lf + 1;
                return new Input.Whole(command);
            }
            boolean taken = announced.size <= FLOOD
                    && policy.accepts(verb(end), literals + announced.size)
                    && (announced.synchronizing || announced.size <= LARGEST_UNINVITED);
            if (!taken) {
                return refuse(lf, Input.Reason.LITERAL);
            }
            if (announced.synchronizing) {
                policy.invite();
            }
            literals += announced.size;
            scanned = lf + 1 - from + (int) announced.size;
            line = scanned;
            while (to - from < scanned) {
                if (!fill()) {
                    return new Input.End();
                }
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
    private Input refuse(int end, Input.Reason reason) throws IOException {
        var tag = tag(end);
        var verb = verb(end);
        from = Math.max(from, end - 32);
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
            var announced = Announced.at(buffer, from, lineEnd);
            from = lf + 1;
            if (announced == null || announced.synchronizing) {
                return new Input.Refused(
                        tag, verb, reason); // the client waits, and sends no such literal after a refusal
            }
            passed += announced.size;
            if (passed > FLOOD) {
                return new Input.Refused(tag, verb, Input.Reason.FLOOD);
            }
            if (!skip(announced.size)) {
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

    /** Reads at least one octet more; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (from > 0 && (from == to || to == buffer.length)) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            var old = buffer;
            buffer = Arrays.copyOf(old, old.length * 2);
            Arrays.fill(old, (byte) 0); // it may hold a password
        }
        int read = in.read(buffer, to, buffer.length - to);
        if (read < 0) {
            return false;
        }
        to += read;
        return true;
    }

    /** A literal that a line's end announces: {@code {5}}, {@code {5+}}. */
    private record Announced(long size, boolean synchronizing) {
        static @org.jspecify.annotations.Nullable Announced at(byte[] bytes, int from, int end) {
            if (end - from < 3 || bytes[end - 1] != '}') {
                return null;
            }
            boolean plus = bytes[end - 2] == '+';
            int digits = plus ? end - 2 : end - 1;
            int start = digits;
            while (start > from && Chars.digit(bytes[start - 1])) {
                start--;
            }
            if (start == digits || digits - start > 18 || start == from || bytes[start - 1] != '{') {
                return null;
            }
            long size = Long.parseLong(new String(bytes, start, digits - start, StandardCharsets.ISO_8859_1));
            return new Announced(size, !plus);
        }
    }
}
