package org.merpati.lib.imap;

/** A command is not what the grammar asks for. The message is fit for a BAD reply and repeats nothing of the command. */
public final class ImapSyntaxException extends RuntimeException {
    private final int offset;

    /** @param offset in octets from the beginning of the command, its tag included */
    public ImapSyntaxException(String expected, int offset) {
        super("expected " + expected + " at offset " + offset, null, false, false);
        this.offset = offset;
    }

    public int offset() {
        return offset;
    }
}
