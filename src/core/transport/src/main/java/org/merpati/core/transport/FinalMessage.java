package org.merpati.core.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.spool.Spooled;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.HeaderEnd;
import org.merpati.lib.mime.HeaderField;

/**
 * A message as it will be stored: our trace fields and the octets received, and what its row says of it. Return-Path fields
 * that it came with are left out, so that exactly one is there (RFC 5321 §4.4); nothing else is changed.
 *
 * <p>The header is looked at in the first 256 KB only; its size is right however long it is. A message that fits there is read
 * once and stored from that copy; of a longer one nothing more than that is held.
 *
 * @param content the final octets; valid as long as the spooled message is open
 * @param headerSize octets up to and with the empty line
 * @param hops Received fields that it came with
 */
record FinalMessage(Content content, int headerSize, String subject, int hops) {
    private static final int LOOKED_AT = 256 * 1024;
    private static final int LONGEST_SUBJECT = 2_000;

    /** Room for the text of a subject in its raw form: encoded words take up to twelve octets for a character. */
    private static final int RAW_SUBJECT = 32 * 1024;

    static FinalMessage of(String traceFields, Spooled received) throws IOException {
        var trace = traceFields.getBytes(StandardCharsets.US_ASCII);
        int looked = (int) Math.min(received.size(), LOOKED_AT);
        boolean whole = looked == received.size();
        var start = Arrays.copyOf(trace, trace.length + looked);
        try (var in = received.open()) {
            if (in.readNBytes(start, trace.length, looked) != looked) {
                throw new IOException("the spooled message is shorter than it says");
            }
        }
        var header = Header.read(start, start.length);
        var came = header.fields().stream()
                .filter(field -> field.start() >= trace.length)
                .toList();
        // the last field of a header that was not seen whole may go on; so it stays
        boolean cut = !header.complete() && !whole;
        var returnPaths = came.stream()
                .filter(field -> field.is("Return-Path") && !(cut && field.end() == start.length))
                .toList();
        var edited = returnPaths.isEmpty() ? start : without(start, returnPaths);
        Content content;
        if (whole) {
            content = Content.of(edited);
        } else if (returnPaths.isEmpty()) {
            content = Content.concat(Content.of(trace), received);
        } else {
            content = Content.concat(Content.of(edited), new Tail(received, looked));
        }
        int less = start.length - edited.length;
        int size = header.complete() ? header.size() - less : Math.toIntExact(headerSize(content));
        int hops = Math.toIntExact(came.stream().filter(f -> f.is("Received")).count());
        var subject = came.stream()
                .filter(field -> field.is("Subject"))
                .findFirst()
                .map(field -> subject(header, field))
                .orElse("");
        return new FinalMessage(content, size, subject, hops);
    }

    private static String subject(Header header, HeaderField field) {
        int end = Math.min(field.end(), field.bodyStart() + RAW_SUBJECT);
        var text = header.text(new HeaderField(field.name(), field.start(), field.bodyStart(), end));
        var clean = new StringBuilder();
        // databases refuse NUL and unpaired surrogates
        text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c >= 0xd800 && c <= 0xdfff ? 0xfffd : c)
                .takeWhile(c -> clean.length() + Character.charCount(c) <= LONGEST_SUBJECT)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static long headerSize(Content content) throws IOException {
        var end = new HeaderEnd();
        var block = new byte[65_536];
        try (var in = content.open()) {
            for (int n = in.read(block); n >= 0 && !end.found(); n = in.read(block)) {
                end.next(block, 0, n);
            }
        }
        return end.size();
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

    /** Content without its first octets. */
    private record Tail(Content whole, int skipped) implements Content {
        @Override
        public long size() {
            return whole.size() - skipped;
        }

        @Override
        public InputStream open() throws IOException {
            var in = whole.open();
            try {
                in.skipNBytes(skipped);
                return in;
            } catch (IOException e) {
                in.close();
                throw e;
            }
        }
    }
}
