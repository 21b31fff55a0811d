package org.merpati.launch.runtime.h2;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;

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
        var real = Disk.real().open(file);
        return new DiskFile() {
            @Override
            public long size() throws IOException {
                return real.size();
            }

            @Override
            public int read(long at, byte[] into, int from, int length) throws IOException {
                return real.read(at, into, from, length);
            }

            @Override
            public void write(long at, byte[] bytes, int from, int length) throws IOException {
                if (operations.get() >= failFrom) {
                    real.write(at, bytes, from, length / 2); // some of it gets through
                }
                count();
                real.write(at, bytes, from, length);
            }

            @Override
            public void resize(long size) throws IOException {
                count();
                real.resize(size);
            }

            @Override
            public void force() throws IOException {
                count();
                real.force();
            }

            @Override
            public boolean lock() throws IOException {
                return real.lock();
            }

            @Override
            public void close() throws IOException {
                real.close();
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
