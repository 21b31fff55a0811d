package org.merpati.core.imap;

import java.io.IOException;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.store.Messages.Message;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.imap.command.Section;
import org.merpati.lib.imap.response.Octets;

/**
 * Cuts sections out of stored messages (RFC 3501 §6.4.5). What is small is read and found good before a literal of it is
 * announced; what is large flows from the blob.
 */
final class Bodies {
    private static final int SMALL = 65_536;

    private final BlobStore blobs;

    Bodies(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * Opens what the item asks for; the caller closes its stream.
     *
     * @throws IOException when the message can't be read: nothing has been sent of it
     */
    Octets open(Message message, FetchItem.Body item) throws IOException {
        return switch (item.section()) {
            case Section.Whole whole -> range(message, 0, message.size(), item);
            case Section.Header header -> range(message, 0, headerSize(message), item);
            case Section.Text text -> range(message, headerSize(message), message.size(), item);
            case Section.HeaderFields fields -> fields(message, fields, item);
            case Section.Part part -> throw new IllegalArgumentException("parts are refused before");
        };
    }

    private static long headerSize(Message message) {
        return Math.min(message.headerSize(), message.size());
    }

    private Octets range(Message message, long start, long end, FetchItem.Body item) throws IOException {
        long from = start;
        long to = end;
        if (item.partial().isPresent()) {
            from = Math.min(end, start + item.partial().get().origin());
            to = Math.min(end, from + item.partial().get().length());
        }
        long length = to - from;
        if (length == 0) {
            return Octets.of(new byte[0]);
        }
        var stream = blobs.open(message.blob(), from, length);
        if (length > SMALL) {
            return new Octets(length, stream);
        }
        try (stream) {
            byte[] bytes = stream.readNBytes((int) length);
            if (bytes.length < length) {
                throw new IOException("the blob ends " + (length - bytes.length) + " octets early");
            }
            return Octets.of(bytes);
        }
    }

    private Octets fields(Message message, Section.HeaderFields section, FetchItem.Body item) throws IOException {
        byte[] fields;
        long length = headerSize(message);
        if (length == 0) {
            fields = new byte[] {'\r', '\n'};
        } else {
            try (var header = blobs.open(message.blob(), 0, length)) {
                fields = new HeaderFilter(section.names(), section.not()).read(header);
            }
        }
        if (item.partial().isEmpty()) {
            return Octets.of(fields);
        }
        int from = (int) Math.min(fields.length, item.partial().get().origin());
        int to = (int) Math.min(fields.length, from + item.partial().get().length());
        return Octets.of(java.util.Arrays.copyOfRange(fields, from, to));
    }
}
