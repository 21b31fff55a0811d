package org.merpati.core.imap;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Messages.Described;
import org.merpati.core.store.Messages.Message;
import org.merpati.lib.mime.Part;

/** The parts of a page of messages: as they were stored, or read again where they were not. */
final class Structures {
    private final Map<EmailId, Emails.Contents> stored;
    private final MessageReader reader;

    private Structures(Map<EmailId, Emails.Contents> stored, MessageReader reader) {
        this.stored = stored;
        this.reader = reader;
    }

    /** For items that need none. */
    static Structures none(Surroundings surroundings) {
        return new Structures(Map.of(), new MessageReader(surroundings.blobs()));
    }

    static Structures of(List<Described> page, Surroundings surroundings) {
        var stored = new HashMap<EmailId, Emails.Contents>();
        page.forEach(row -> stored.put(row.message().email(), row.contents()));
        return new Structures(stored, new MessageReader(surroundings.blobs()));
    }

    /**
     * The root of the message's parts; of its header only the fields of an envelope and of its content can be relied on.
     *
     * @throws IOException when the message has to be read and can't be
     */
    Part root(Message message) throws IOException {
        var contents = stored.get(message.email());
        var root =
                contents == null ? Optional.<Part>empty() : contents.structure().root();
        return root.isPresent() ? root.get() : reader.root(message);
    }

    /** The beginning of its text (RFC 8970); empty when there is none. */
    String preview(Message message) {
        var contents = stored.get(message.email());
        return contents == null ? "" : contents.preview();
    }
}
