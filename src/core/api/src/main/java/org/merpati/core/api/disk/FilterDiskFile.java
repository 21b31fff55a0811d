package org.merpati.core.api.disk;

import java.io.IOException;

/** Passes everything on to another file: for disks that come between at some of it. */
public abstract class FilterDiskFile implements DiskFile {
    private final DiskFile file;

    protected FilterDiskFile(DiskFile file) {
        this.file = file;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public int read(long at, byte[] into, int from, int length) throws IOException {
        return file.read(at, into, from, length);
    }

    @Override
    public void write(long at, byte[] bytes, int from, int length) throws IOException {
        file.write(at, bytes, from, length);
    }

    @Override
    public void resize(long size) throws IOException {
        file.resize(size);
    }

    @Override
    public void force() throws IOException {
        file.force();
    }

    @Override
    public boolean lock() throws IOException {
        return file.lock();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
