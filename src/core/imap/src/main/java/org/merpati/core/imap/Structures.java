package org.merpati.core.imap;

import java.io.IOException;
import org.merpati.core.store.Messages.Message;
import org.merpati.lib.mime.Part;

/** Knows the parts of stored messages. */
interface Structures {
    /**
     * The root of the message's parts; of its header only the fields of an envelope and of its content can be relied on.
     *
     * @throws IOException when the message can't be read
     */
    Part root(Message message) throws IOException;
}
