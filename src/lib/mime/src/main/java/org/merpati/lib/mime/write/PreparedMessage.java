package org.merpati.lib.mime.write;

import java.io.IOException;
import java.io.OutputStream;

/** A message of which every encoding is decided. */
public final class PreparedMessage {
    private final Planned root;

    PreparedMessage(Planned root) {
        this.root = root;
    }

    /** The least that carries it. */
    public Transport needs() {
        return root.needs();
    }

    /**
     * Writes it, opening each content once more. The octets are the same each time.
     *
     * @throws IOException also when a content is not as long as it was when it was read first
     */
    public void writeTo(OutputStream out) throws IOException {
        root.writeTo(out);
    }
}
