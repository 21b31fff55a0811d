package org.merpati.lib.mime.mailbox;

import java.io.IOException;
import java.io.InputStream;

/** How an mbox file keeps lines of a message that look like the one between messages. Nothing in a file names its variant. */
public enum MboxVariant {
    /** {@code From } has become {@code >From }. What had that from the beginning loses its mark here. */
    MBOXO(true, false, false),
    /** Each {@code From } with any number of marks before it has got one more: nothing is lost. */
    MBOXRD(true, true, false),
    /** As MBOXO, and Content-Length tells how long a body is. */
    MBOXCL(true, false, true),
    /** Nothing is marked; only Content-Length tells a message's end. */
    MBOXCL2(false, false, true);

    /** Which suits a file of which nothing is known: it splits where all but MBOXCL2 do, and RFC 4155's files read well. */
    public static final MboxVariant DEFAULT = MBOXRD;

    private static final int ENOUGH = 200;

    private final boolean marks;
    private final boolean marksMarked;
    private final boolean lengths;

    MboxVariant(boolean marks, boolean marksMarked, boolean lengths) {
        this.marks = marks;
        this.marksMarked = marksMarked;
        this.lengths = lengths;
    }

    boolean hasLengths() {
        return lengths;
    }

    /** Whether a line that begins with so many marks and {@code From } loses one. */
    boolean unmarks(int count) {
        return marks && (marksMarked ? count > 0 : count == 1);
    }

    /**
     * The variant of a file, from its first 200 messages: if each has a Content-Length, and at each body's end a new message begins or
     * the file ends, then MBOXCL or, if a line of theirs begins with {@code From }, MBOXCL2; else {@link #DEFAULT}.
     *
     * @param in is read and not closed
     */
    public static MboxVariant detect(InputStream in) throws IOException {
        try (var reader = new MboxReader(in, MBOXCL2)) {
            boolean bare = false;
            int messages = 0;
            while (messages < ENOUGH) {
                var entry = reader.next();
                if (entry.isEmpty()) {
                    break;
                }
                messages++;
                reader.skipMessage();
                bare |= reader.sawBareFrom();
                if (!reader.lengthWasRight()) {
                    return DEFAULT;
                }
            }
            return messages == 0 ? DEFAULT : bare ? MBOXCL2 : MBOXCL;
        }
    }
}
