package org.merpati.core.store.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
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
            var header = new byte[RecordLayout.HEADER];
            file.seek(ref.offset());
            file.readFully(header);
            RecordLayout.check(header, ref.size());
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
        System.arraycopy(block, at, into, offset, count);
        position += count;
        return count;
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
        if (RecordLayout.checksum(block, 0, blockLength) != checksum) {
            blockLength = 0;
            throw new IOException("damaged: blob " + ref + " fails its checksum at octet " + blockStart);
        }
    }
}
