package org.merpati.core.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;
import org.merpati.core.api.disk.FilterDiskFile;

/** The real disk, on which from some operation on a fault lies, until it is well again. */
final class FailingDisk implements Disk {
    enum Fault {
        /** One write or fsync fails, and what comes after it is well. */
        ERROR_ONCE("Input/output error"),
        /** Nothing can be written any more. */
        ERROR("Input/output error"),
        /** Nothing can get longer; half of what is written beyond a file's end gets through. */
        FULL("No space left on device"),
        /** Nothing can be written, made or opened for writing. */
        READ_ONLY("Read-only file system");

        private final String message;

        Fault(String message) {
            this.message = message;
        }
    }

    private Fault fault = Fault.ERROR;
    private int left = Integer.MAX_VALUE;
    private int operations;

    /** That many more operations are done, and those after them meet the fault. */
    synchronized void fail(Fault with, int after) {
        fault = with;
        left = after;
        operations = 0;
    }

    /** Since the last call of {@link #fail}. */
    synchronized int operations() {
        return operations;
    }

    synchronized void heal() {
        left = Integer.MAX_VALUE;
    }

    private synchronized boolean isHit() {
        operations++;
        if (left > 0) {
            left--;
            return false;
        }
        if (fault == Fault.ERROR_ONCE) {
            left = Integer.MAX_VALUE;
        }
        return true;
    }

    private synchronized boolean isReadOnly() {
        return left == 0 && fault == Fault.READ_ONLY;
    }

    private synchronized boolean isFull() {
        return fault == Fault.FULL;
    }

    private void change() throws IOException {
        if (isHit() && !isFull()) {
            throw new IOException(fault.message);
        }
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        if (isReadOnly()) {
            throw new FileNotFoundException(file + " (" + fault.message + ")");
        }
        return new Failing(Disk.real().open(file));
    }

    @Override
    public void delete(Path file) throws IOException {
        change();
        Disk.real().delete(file);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        change();
        Disk.real().syncFolder(folder);
    }

    private final class Failing extends FilterDiskFile {
        Failing(DiskFile real) {
            super(real);
        }

        @Override
        public void write(long at, byte[] bytes, int from, int length) throws IOException {
            if (isHit() && (!isFull() || at + length > size())) {
                if (!isReadOnly()) {
                    super.write(at, bytes, from, length / 2);
                }
                throw new IOException(fault.message);
            }
            super.write(at, bytes, from, length);
        }

        @Override
        public void resize(long size) throws IOException {
            if (isHit() && (!isFull() || size > size())) {
                throw new IOException(fault.message);
            }
            super.resize(size);
        }

        @Override
        public void force() throws IOException {
            change();
            super.force();
        }
    }
}
