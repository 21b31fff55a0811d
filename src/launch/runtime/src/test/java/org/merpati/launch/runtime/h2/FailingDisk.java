package org.merpati.launch.runtime.h2;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;
import org.merpati.core.api.disk.FilterDiskFile;

/** The real disk, of which writes, changes of length and fsyncs fail from one on, until it is well again. */
final class FailingDisk implements Disk {
    private final AtomicInteger operations = new AtomicInteger();
    private volatile int failFrom = Integer.MAX_VALUE;

    int operations() {
        return operations.get();
    }

    /** The operation after that many more fails, and all after it. */
    void failAfter(int more) {
        failFrom = operations.get() + more;
    }

    void heal() {
        failFrom = Integer.MAX_VALUE;
    }

    private void count() throws IOException {
        if (operations.getAndIncrement() >= failFrom) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new FilterDiskFile(Disk.real().open(file)) {
            @Override
            public void write(long at, byte[] bytes, int from, int length) throws IOException {
                if (operations.get() >= failFrom) {
                    super.write(at, bytes, from, length / 2); // some of it gets through
                }
                count();
                super.write(at, bytes, from, length);
            }

            @Override
            public void resize(long size) throws IOException {
                count();
                super.resize(size);
            }

            @Override
            public void force() throws IOException {
                count();
                super.force();
            }
        };
    }

    @Override
    public void delete(Path file) throws IOException {
        count();
        Disk.real().delete(file);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        count();
        Disk.real().syncFolder(folder);
    }
}
