package org.merpati.core.imap;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.merpati.core.store.Messages.Message;
import org.merpati.lib.mime.Part;

/** A message that is being answered; its parts are looked for once, when the first item needs them. */
final class Opened {
    private final Message row;
    private final Structures structures;
    private @Nullable Part root;

    Opened(Message row, Structures structures) {
        this.row = row;
        this.structures = structures;
    }

    Message row() {
        return row;
    }

    Part root() throws IOException {
        var found = root;
        if (found == null) {
            found = structures.root(row);
            root = found;
        }
        return found;
    }
}
