package org.merpati.core.jmap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;

/** Blobs on the heap; counts how often they are read. */
public final class MemoryBlobs implements BlobStore {
    private final Map<Long, byte[]> blobs = new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();

    @Override
    public Blob append(Content content) throws IOException {
        try (var in = content.open()) {
            byte[] octets = in.readAllBytes();
            long key = number.incrementAndGet();
            blobs.put(key, octets);
            return new Blob(new BlobRef(0, key, octets.length), digest(octets));
        }
    }

    private static String digest(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public InputStream open(BlobRef ref, long from, long length) throws IOException {
        reads.incrementAndGet();
        var octets = blobs.get(ref.offset());
        if (octets == null) {
            throw new IOException("no such blob");
        }
        return new ByteArrayInputStream(octets, (int) from, (int) Math.min(length, octets.length - from));
    }

    /** How often somebody began to read. */
    public int reads() {
        return reads.get();
    }
}
