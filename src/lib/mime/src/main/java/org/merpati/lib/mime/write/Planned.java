package org.merpati.lib.mime.write;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.merpati.lib.mime.transfer.Base64Encoder;
import org.merpati.lib.mime.transfer.QuotedPrintableEncoder;

/** A part whose header is written and whose encoding is decided. */
sealed interface Planned {
    /** Fields with their line ends, the empty line not among them. */
    String header();

    /** The least that carries it. */
    Transport needs();

    /** The body without the line end that a boundary brings. */
    void writeBody(OutputStream out) throws IOException;

    default void writeTo(OutputStream out) throws IOException {
        put(out, header());
        put(out, "\r\n");
        writeBody(out);
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    enum Encoding {
        NONE,
        QUOTED_PRINTABLE,
        BASE64
    }

    /**
     * @param text whether CRLF are line ends
     * @param whole whether the part is all of a message's body, whose last line needs an end
     */
    record Leaf(
            String header,
            Transport needs,
            Encoding encoding,
            ContentSource source,
            long size,
            boolean text,
            boolean whole)
            implements Planned {
        @Override
        public void writeBody(OutputStream out) throws IOException {
            try (var in = new Counted(source.open())) {
                switch (encoding) {
                    case NONE -> in.transferTo(out);
                    case QUOTED_PRINTABLE -> QuotedPrintableEncoder.encode(in, out, text);
                    case BASE64 -> {
                        Base64Encoder.encode(in, out);
                        put(out, whole ? "\r\n" : "");
                    }
                }
                if (in.count != size) {
                    throw new IOException(
                            "a part's content has " + in.count + " octets now, and had " + size + " before");
                }
            }
        }
    }

    record Multipart(String header, Transport needs, String boundary, List<Planned> parts) implements Planned {
        @Override
        public void writeBody(OutputStream out) throws IOException {
            var delimiter = "--" + boundary + "\r\n";
            for (var part : parts) {
                put(out, delimiter);
                part.writeTo(out);
                delimiter = "\r\n--" + boundary + "\r\n";
            }
            put(out, "\r\n--" + boundary + "--\r\n");
        }
    }

    record Nested(String header, Transport needs, Planned message) implements Planned {
        @Override
        public void writeBody(OutputStream out) throws IOException {
            message.writeTo(out);
        }
    }

    /** Counts what is read. */
    final class Counted extends InputStream {
        private final InputStream in;
        private long count;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int octet = in.read();
            count += octet < 0 ? 0 : 1;
            return octet;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = in.read(into, from, length);
            count += Math.max(read, 0);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
