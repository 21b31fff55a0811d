package org.merpati.adapter.net;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.ShortBufferException;
import org.merpati.core.api.blob.FreeSpace;
import org.merpati.core.api.blob.NoSpaceException;

/**
 * An encrypted temporary file: written, then read. Streams, not channels: a channel is closed when its thread is interrupted.
 * It keeps no buffer between writes, so that a thousand slow senders hold no heap.
 */
final class SpoolFile {
    /** How many octets are written between two questions for free space. */
    private static final int STEP = 1 << 20;

    private static final int BLOCK = 8_192;

    private final Path file;
    private final Supplier<Cipher> ciphers;
    private final FreeSpace disk;
    private final OutputStream out;
    private final Cipher cipher;
    private long granted;

    /** Writes to a file that is there and empty; {@code ciphers} gives one at the start of its key stream. */
    SpoolFile(Path file, Supplier<Cipher> ciphers, FreeSpace disk) throws IOException {
        this.file = file;
        this.ciphers = ciphers;
        this.disk = disk;
        cipher = ciphers.get();
        out = new FileOutputStream(file.toFile());
    }

    void write(byte[] octets, int offset, int length) throws IOException {
        var block = new byte[Math.min(BLOCK, length)];
        for (int at = offset; at < offset + length; ) {
            int count = Math.min(block.length, offset + length - at);
            if (granted < count) {
                disk.require(STEP);
                granted += STEP;
            }
            try {
                int made = cipher.update(octets, at, count, block);
                out.write(block, 0, made);
            } catch (ShortBufferException e) {
                throw new IllegalStateException("counter mode made more than it took", e);
            } catch (IOException e) {
                throw full(e);
            }
            granted -= count;
            at += count;
        }
    }

    /** The bytes in clear, from the first; the caller closes it. */
    InputStream open() throws IOException {
        out.close();
        return new CipherInputStream(new FileInputStream(file.toFile()), ciphers.get());
    }

    void delete() throws IOException {
        try {
            out.close();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** A full disk by its own name. The system's text for it depends on the language, so the disk is asked as well. */
    private IOException full(IOException failure) {
        var text = String.valueOf(failure.getMessage());
        if (text.contains("No space left")
                || text.contains("quota")
                || file.toFile().getUsableSpace() < STEP) {
            return new NoSpaceException("the spool's disk is full", failure);
        }
        return failure;
    }
}
