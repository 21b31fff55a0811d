package org.merpati.core.store.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;

/** The real disk, which makes nothing durable until it is told to go on. */
final class SlowDisk implements Disk {
    private final CountDownLatch going = new CountDownLatch(1);

    void goOn() {
        going.countDown();
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new Slow(Disk.real().open(file));
    }

    @Override
    public void delete(Path file) throws IOException {
        Disk.real().delete(file);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        Disk.real().syncFolder(folder);
    }

    private final class Slow implements DiskFile {
        private final DiskFile file;

        Slow(DiskFile file) {
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
            try {
                going.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
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
}
