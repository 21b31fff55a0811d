package org.merpati.lib.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Octets that can be read again from any place: a message in memory, in a file, in a blob store. */
public interface Octets {
    long size();

    /** Those of {@code [from, to)}; the caller closes the stream. */
    InputStream open(long from, long to) throws IOException;

    /** The array itself, which must not change. */
    static Octets of(byte[] bytes) {
        return new InMemory(bytes, 0, bytes.length);
    }

    /** {@code bytes[from, to)}, not copied; they must not change. */
    static Octets of(byte[] bytes, int from, int to) {
        return new InMemory(bytes, from, to);
    }

    /** A file, opened anew for each reading. It must not change. */
    static Octets of(Path file) throws IOException {
        return new OfFile(file, Files.size(file));
    }

    /** The first octets of a stream; closing it closes the stream. */
    static InputStream bounded(InputStream in, long length) {
        return new Bounded(in, length);
    }

    /** Octets of a file. */
    record OfFile(Path file, long size) implements Octets {
        public OfFile {}

        @Override
        public InputStream open(long from, long to) throws IOException {
            Objects.checkFromToIndex(from, to, size);
            var channel = Files.newByteChannel(file);
            try {
                channel.position(from);
                return bounded(Channels.newInputStream(channel), to - from);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
    }

    /** Octets of an array; {@code from} and {@code to} are places in it. */
    final class InMemory implements Octets {
        final byte[] bytes;
        final int from;
        final int to;

        private InMemory(byte[] bytes, int from, int to) {
            Objects.checkFromToIndex(from, to, bytes.length);
            this.bytes = bytes;
            this.from = from;
            this.to = to;
        }

        @Override
        public long size() {
            return (long) to - from;
        }

        @Override
        public InputStream open(long first, long end) {
            Objects.checkFromToIndex(first, end, size());
            return new ByteArrayInputStream(bytes, from + (int) first, (int) (end - first));
        }
    }
}
