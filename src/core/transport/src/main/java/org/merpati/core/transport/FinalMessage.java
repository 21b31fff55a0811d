package org.merpati.core.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.ContentOctets;
import org.merpati.core.store.Filing;
import org.merpati.core.store.NewMessage;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.HeaderField;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.write.BinaryParts;
import org.merpati.lib.mime.write.Edits;

/**
 * A message as it will be stored: our trace fields and the octets received, and what was found in it. Return-Path fields that
 * it came with are left out, so that exactly one is there (RFC 5321 §4.4). Of a submission the header is put right
 * ({@link Submitted}), of a binary message its encodings ({@link BinaryParts}); nothing else is changed.
 *
 * <p>A message of up to 256 KB is read and stored from one copy in memory; of a longer one no more than that is held, and a
 * Return-Path further down in its header stays.
 *
 * @param content the final octets; valid as long as the spooled message is open
 * @param message these octets as they were read
 * @param hops Received fields that it came with
 * @param deliveredTo the addresses that servers before delivered it to
 */
record FinalMessage(Content content, Message message, int hops, Set<EmailAddress> deliveredTo) {
    private static final int IN_MEMORY = 256 * 1024;

    /** @param hostname where a Message-ID is made */
    static FinalMessage of(Envelope envelope, String hostname, UUID id, ZonedDateTime now, Content received)
            throws IOException {
        var trace = TraceFields.of(envelope, hostname, id.toString(), now);
        boolean submission = envelope.submitter().isPresent();
        boolean binary = envelope.demands().binary();
        if (!submission && !binary) {
            return of(trace, received);
        }
        var original = new ContentOctets(received);
        var edits = new Edits(original);
        if (submission) {
            var header = Header.read(original);
            trace += Submitted.missing(header, hostname, id.toString(), now);
            Submitted.removeBlind(header, edits);
        }
        if (binary) {
            BinaryParts.encode(Message.parse(original, Limits.DEFAULT), edits);
        }
        return of(trace, edits.isEmpty() ? received : ContentOctets.content(edits.result()));
    }

    /** With no more than these fields put before it. */
    static FinalMessage of(String traceFields, Content received) throws IOException {
        var trace = traceFields.getBytes(StandardCharsets.UTF_8);
        int looked = (int) Math.min(received.size(), IN_MEMORY);
        boolean whole = looked == received.size();
        var start = Arrays.copyOf(trace, trace.length + looked);
        try (var in = received.open()) {
            if (in.readNBytes(start, trace.length, looked) != looked) {
                throw new IOException("the spooled message is shorter than it says");
            }
        }
        var asItCame = whole ? Optional.of(Message.parse(start)) : Optional.<Message>empty();
        var header = asItCame.map(message -> message.root().header()).orElseGet(() -> Header.read(start, start.length));
        // the last field of a header that was not seen whole may go on; so it stays
        boolean cut = !whole && header.size() == start.length;
        var returnPaths = header.all("Return-Path").stream()
                .filter(field -> field.start() >= trace.length && !(cut && field.end() == start.length))
                .toList();
        var edited = returnPaths.isEmpty() ? start : without(start, returnPaths);
        var content = whole ? Content.of(edited) : Content.concat(Content.of(edited), new Tail(received, looked));
        Message message;
        if (!whole) {
            message = Message.parse(new ContentOctets(content), Limits.DEFAULT);
        } else {
            message = returnPaths.isEmpty() ? asItCame.orElseThrow() : Message.parse(edited);
        }
        long hops = message.root().header().all("Received").stream()
                .filter(field -> field.start() >= trace.length)
                .count();
        var deliveredTo = message.root().header().all("Delivered-To").stream()
                .filter(field -> field.start() >= trace.length)
                .flatMap(field -> EmailAddress.parse(field.text()).stream())
                .collect(Collectors.toUnmodifiableSet());
        return new FinalMessage(content, message, Math.toIntExact(hops), deliveredTo);
    }

    /** Octets up to and with the empty line. */
    int headerSize() {
        return message.root().header().size();
    }

    /** Puts it on stable storage, under this name in the log. */
    NewMessage store(BlobStore blobs, String name) throws IOException {
        return new Filing(content, message).store(blobs, name);
    }

    /** The bytes less these fields, which are in ascending order. */
    private static byte[] without(byte[] bytes, List<HeaderField> fields) {
        var rest = new ByteArrayOutputStream(bytes.length);
        int from = 0;
        for (var field : fields) {
            rest.write(bytes, from, field.start() - from);
            from = field.end();
        }
        rest.write(bytes, from, bytes.length - from);
        return rest.toByteArray();
    }

    private static InputStream skipped(InputStream in, long octets) throws IOException {
        try {
            in.skipNBytes(octets);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Content without its first octets. */
    private record Tail(Content whole, int skipped) implements Content {
        @Override
        public long size() {
            return whole.size() - skipped;
        }

        @Override
        public InputStream open() throws IOException {
            return FinalMessage.skipped(whole.open(), skipped);
        }
    }
}
