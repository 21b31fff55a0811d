package org.merpati.lib.imap;

/** The command was parsed up to a literal that has been announced and is not there yet ({@link Announced#soFar}). */
public final class LiteralAwaited extends RuntimeException {
    private final boolean message;

    LiteralAwaited(boolean message) {
        super(message ? "a message is awaited" : "a string is awaited", null, false, false);
        this.message = message;
    }

    /** Whether the grammar wants a message there, not a string. */
    public boolean message() {
        return message;
    }
}
