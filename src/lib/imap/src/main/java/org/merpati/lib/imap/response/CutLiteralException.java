package org.merpati.lib.imap.response;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The octets of a literal ended, or could not be read, before the announced number was written. What follows would be
 * taken for the message: nothing is left but to close the connection.
 */
public final class CutLiteralException extends IOException {
    public CutLiteralException(long missing, @Nullable IOException cause) {
        super("a literal was cut " + missing + " octets before its end", cause);
    }
}
