package org.merpati.core.store.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.blob.BlobRef;

/** Reads a range of one blob, block by block, each checked before a single octet of it is given out. */
final class BlobInput extends InputStream {
    private final SegmentFile segment;
    private final BlobRef ref;
    private final long end;
    private @Nullable RandomAccessFile file;
    private byte[] block = new byte[0];
    private int blockAt;
    private long blockStart;
    private int blockLength;
    private long position;

    BlobInput(SegmentFile segment, BlobRef ref, long from, long length) throws IOException {
        this.segment = segment;
        this.ref = ref;
        this.position = Math.min(Math.max(from, 0), ref.size());
        this.end = Math.min(ref.size(), position + Math.max(0, Math.min(length, ref.size() - position)));
        this.file = segment.borrow();
        try {
            file.seek(ref.offset());
            if (ref.size() <= RecordLayout.BLOCK && position < end) {
                readWhole(file);
            } else {
                var header = new byte[RecordLayout.HEADER];
                file.readFully(header);
                RecordLayout.check(header, ref.size());
            }
        } catch (IOException e) {
            close();
            throw new IOException("blob " + ref + ": " + e.getMessage(), e);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (position >= end) {
            return -1;
        }
        if (position < blockStart || position >= blockStart + blockLength) {
            load(position / RecordLayout.BLOCK);
        }
        int at = Math.toIntExact(position - blockStart);
        int count = (int) Math.min(Math.min(length, blockLength - at), end - position);
        System.arraycopy(block, blockAt + at, into, offset, count);
        position += count;
        return count;
    }

    /** Into an array of the right size at once, where {@link InputStream} would collect pieces of 16 KB. */
    @Override
    public byte[] readAllBytes() throws IOException {
        var rest = new byte[Math.toIntExact(end - position)];
        readNBytes(rest, 0, rest.length);
        return rest;
    }

    @Override
    public int available() {
        return (int)
                Math.min(blockStart + blockLength > position ? blockStart + blockLength - position : 0, end - position);
    }

    @Override
    public void close() throws IOException {
        var open = file;
        file = null;
        if (open != null) {
            segment.giveBack(open);
        }
    }

    /** A blob of one block comes by one read: most mail does, and each read is a call of the system. */
    private void readWhole(RandomAccessFile open) throws IOException {
        int prefix = RecordLayout.prefix(ref.size());
        var record = new byte[prefix + (int) ref.size()];
        open.readFully(record);
        RecordLayout.check(record, ref.size());
        if (RecordLayout.blocks(ref.size()) > 0) {
            check(record, prefix, (int) ref.size(), ByteBuffer.wrap(record).getInt(RecordLayout.HEADER), 0);
        }
        block = record;
        blockAt = prefix;
        blockLength = (int) ref.size();
    }

    private void check(byte[] bytes, int from, int length, int checksum, long at) throws IOException {
        if (RecordLayout.checksum(bytes, from, length) != checksum) {
            throw new IOException("damaged: blob " + ref + " fails its checksum at octet " + at);
        }
    }

    private void load(long number) throws IOException {
        var open = file;
        if (open == null) {
            throw new IOException("the stream is closed");
        }
        blockStart = number * RecordLayout.BLOCK;
        blockLength = (int) Math.min(RecordLayout.BLOCK, ref.size() - blockStart);
        if (block.length < blockLength) {
            block = new byte[blockLength];
        }
        open.seek(ref.offset() + RecordLayout.HEADER + 4 * number);
        int checksum = open.readInt();
        open.seek(ref.offset() + RecordLayout.prefix(ref.size()) + blockStart);
        open.readFully(block, 0, blockLength);
        int length = blockLength;
        blockLength = 0; // nothing of it is given out before it is known to be right
        check(block, 0, length, checksum, blockStart);
        blockLength = length;
    }
}
