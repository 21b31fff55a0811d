package org.merpati.lib.mime.mailbox;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an mbox file (RFC 4155 Appendix A), one after the other:
 *
 * <pre>{@code
 * try (var mbox = new MboxReader(in)) {
 *     for (var entry = mbox.next(); entry.isPresent(); entry = mbox.next()) {
 *         entry.get().content().transferTo(…);
 *     }
 * }
 * }</pre>
 *
 * <p>A message begins with a line {@code From } after an empty line, which belongs to neither. Where the file's first such line has a
 * date, the others need one too: text has lines that begin so. In files with lengths (MBOXCL, MBOXCL2) no such line is looked for
 * before the end that Content-Length gives; where none is at that end, the next one counts. Lines end with LF or CRLF. The end of
 * the file ends the last message, however it ends.
 */
public final class MboxReader implements Closeable {
    private static final int LONGEST_FROM_LINE = 1024;
    private static final int LONGEST_LENGTH_LINE = 64;
    private static final int MOST_MARKS = 256;
    private static final String LENGTH_NAME = "content-length:";

    private final MboxInput in;
    private final MboxVariant variant;
    private boolean started;
    private boolean dated; // the first From line had a date
    private boolean inMessage;
    private @Nullable Content current;

    // of the present message
    private boolean inHeader;
    private boolean afterEmptyLine;
    private boolean atLineStart;
    private long length; // by Content-Length, -1 for none
    private long bodyLeft;
    private boolean lengthRight;
    private boolean bareFrom;

    /** Reads as {@link MboxVariant#DEFAULT} says. */
    public MboxReader(InputStream in) {
        this(in, MboxVariant.DEFAULT);
    }

    /** @param in is closed with the reader; it needs no buffer of its own */
    public MboxReader(InputStream in, MboxVariant variant) {
        this.in = new MboxInput(in);
        this.variant = variant;
    }

    /**
     * The next message, passing over what is left of the one before; empty after the last.
     *
     * @throws NotMboxException when the first line that is not empty does not begin one; a file of nothing has no messages
     */
    public Optional<MboxEntry> next() throws IOException {
        if (!started) {
            started = true;
            if (!findFirst()) {
                return Optional.empty();
            }
        } else {
            skipMessage();
            if (!in.has(1)) {
                return Optional.empty();
            }
        }
        int lineLength = in.lineLength(LONGEST_FROM_LINE);
        var line = FromLine.parse(in.bytes(), in.at(), lineLength);
        in.skipLine();
        begin();
        var content = new Content();
        current = content;
        return Optional.of(new MboxEntry(line.sender(), line.date(), content));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    void skipMessage() throws IOException {
        var nowhere = new byte[8192];
        int read = 0;
        while (inMessage && read >= 0) {
            read = read(nowhere, 0, nowhere.length);
        }
    }

    /** Whether the message that was read had a Content-Length, and ended where that says. */
    boolean lengthWasRight() {
        return lengthRight;
    }

    /** Whether a line of a body that was read so far began with {@code From }. */
    boolean sawBareFrom() {
        return bareFrom;
    }

    private boolean findFirst() throws IOException {
        in.skipByteOrderMark();
        while (in.has(1) && in.emptyLine(0) > 0) {
            in.skip(in.emptyLine(0));
        }
        if (!in.has(1)) {
            return false;
        }
        int lineLength = in.lineLength(LONGEST_FROM_LINE);
        if (!in.startsWith(0, "From ")) {
            var shown = new String(in.bytes(), in.at(), Math.min(lineLength, 40), StandardCharsets.ISO_8859_1);
            throw new NotMboxException(shown.replaceAll("[^ -~]", "?"));
        }
        dated = FromLine.parse(in.bytes(), in.at(), lineLength).date().isPresent();
        return true;
    }

    private void begin() {
        inMessage = true;
        inHeader = true;
        afterEmptyLine = false;
        atLineStart = true;
        length = -1;
        bodyLeft = 0;
        lengthRight = false;
    }

    private int read(byte[] into, int from, int size) throws IOException {
        if (!inMessage || !in.has(1)) {
            inMessage = false;
            return -1;
        }
        if (!inHeader && bodyLeft > 0) {
            return body(into, from, size);
        }
        if (atLineStart && ends()) {
            inMessage = false;
            return -1;
        }
        return rest(into, from, size);
    }

    /** Within a body whose length is known. */
    private int body(byte[] into, int from, int size) throws IOException {
        afterEmptyLine = false;
        if (atLineStart) {
            bareFrom |= in.startsWith(0, "From ");
            unmark();
        }
        int copied = in.copyLine(into, from, (int) Math.min(size, bodyLeft));
        atLineStart = copied > 0 && into[from + copied - 1] == '\n';
        bodyLeft -= copied;
        if (bodyLeft == 0) {
            lengthRight = endsAfterLength();
        }
        return copied;
    }

    /** Where a length is the only thing that says so, an empty line may or may not stand before the next message. */
    private boolean endsAfterLength() throws IOException {
        int empty = in.emptyLine(0);
        boolean ends = beginsMessage(empty) || !in.has(empty + 1);
        if (ends) {
            in.skip(empty);
            inMessage = false;
        }
        return ends;
    }

    private int rest(byte[] into, int from, int size) throws IOException {
        if (atLineStart) {
            int empty = in.emptyLine(0);
            afterEmptyLine = empty > 0;
            if (inHeader && empty > 0) {
                return endHeader(into, from, size, empty);
            }
            if (inHeader && variant.hasLengths()) {
                readLength();
            } else if (!inHeader) {
                unmark();
            }
        }
        int copied = in.copyLine(into, from, size);
        atLineStart = copied > 0 && into[from + copied - 1] == '\n';
        return copied;
    }

    /** The empty line after the header, which may come in two pieces. */
    private int endHeader(byte[] into, int from, int size, int empty) throws IOException {
        int copied = in.copyLine(into, from, size);
        if (copied == empty) {
            inHeader = false;
            bodyLeft = Math.max(length, 0);
            if (length == 0) {
                lengthRight = endsAfterLength();
            }
        } else {
            atLineStart = true; // CR given, LF left: it is an empty line by itself
        }
        return copied;
    }

    /** At a line's start: whether the message is over. The empty line before the next one is passed over. */
    private boolean ends() throws IOException {
        if (afterEmptyLine && beginsMessage(0)) {
            return true; // a message without a body
        }
        int empty = inHeader ? 0 : in.emptyLine(0);
        if (empty > 0 && (beginsMessage(empty) || !in.has(empty + 1))) {
            in.skip(empty);
            return true;
        }
        return false;
    }

    private boolean beginsMessage(int offset) throws IOException {
        if (!in.startsWith(offset, "From ")) {
            return false;
        }
        if (!dated) {
            return true;
        }
        int lineLength = in.lineLength(offset, LONGEST_FROM_LINE);
        return FromLine.parse(in.bytes(), in.at() + offset, lineLength).date().isPresent();
    }

    private void unmark() throws IOException {
        int marks = 0;
        while (marks < MOST_MARKS && in.startsWith(marks, ">")) {
            marks++;
        }
        if (marks > 0 && variant.unmarks(marks) && in.startsWith(marks, "From ")) {
            in.skip(1);
            bodyLeft = Math.max(bodyLeft - 1, 0);
        }
    }

    private void readLength() throws IOException {
        int end = in.lineLength(LONGEST_LENGTH_LINE);
        if (end > LENGTH_NAME.length()) {
            var line = new String(in.bytes(), in.at(), end, StandardCharsets.ISO_8859_1);
            if (line.regionMatches(true, 0, LENGTH_NAME, 0, LENGTH_NAME.length())) {
                length = length(line.substring(LENGTH_NAME.length()).strip());
            }
        }
    }

    private static long length(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 15 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(digits) : -1;
    }

    /** The present message; after the next has begun, nothing. */
    private final class Content extends InputStream {
        private boolean ended;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int size) throws IOException {
            int total = 0;
            while (total < size && !ended && current == this) {
                int read = MboxReader.this.read(into, from + total, size - total);
                ended = read < 0;
                total += Math.max(read, 0);
            }
            return total == 0 && size > 0 ? -1 : total;
        }
    }
}
