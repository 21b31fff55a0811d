package org.merpati.core.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.StoredStructure;
import org.merpati.lib.mime.view.Preview;

/**
 * A message's final octets, read once, and how they become a {@link NewMessage}: for what is delivered and for what clients
 * bring alike.
 *
 * @param message these octets as they were read
 */
public record Filing(Content content, Message message) {
    private static final Logger LOG = System.getLogger(Filing.class.getName());
    private static final int IN_MEMORY = 256 * 1024;
    private static final int LONGEST_SUBJECT = 2_000;

    /** That of a message with more parts, or more recipients in its header, than people send; it is read anew each time. */
    private static final int LARGEST_STRUCTURE = 64 * 1024;

    /** Reads it: one of up to 256 KB from one copy in memory, of a longer one no more than that is held. */
    public static Filing read(Content content) throws IOException {
        if (content.size() > IN_MEMORY) {
            return new Filing(content, Message.parse(new ContentOctets(content), Limits.DEFAULT));
        }
        try (var in = content.open()) {
            byte[] octets = in.readAllBytes();
            return new Filing(Content.of(octets), Message.parse(octets));
        }
    }

    /**
     * Puts the octets on stable storage; what there is to know of them for a row.
     *
     * @param name of the message, for the log
     * @throws org.merpati.core.api.blob.NoSpaceException when the disk is full; nothing was stored
     */
    public NewMessage store(BlobStore blobs, String name) throws IOException {
        var blob = blobs.begin(content); // what is to be known of it is found while the disk works
        var structure = StoredStructure.of(message.root(), LARGEST_STRUCTURE);
        var preview = preview(name);
        var header = message.root().header();
        var subject = clean(header.text("Subject").orElse(""), LONGEST_SUBJECT);
        return new NewMessage(blob.stored(), header.size(), subject, structure, preview);
    }

    /** Mail is not refused because nobody can say in a line what it is about. */
    private String preview(String name) throws IOException {
        try {
            return clean(Preview.of(message), Preview.LONGEST);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, name + ": stored without a preview", e);
            return "";
        }
    }

    /** Databases refuse NUL and unpaired surrogates. */
    private static String clean(String text, int longest) {
        var clean = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c >= 0xd800 && c <= 0xdfff ? 0xfffd : c)
                .takeWhile(c -> clean.length() + Character.charCount(c) <= longest)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
