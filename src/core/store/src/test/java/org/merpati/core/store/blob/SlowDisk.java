package org.merpati.core.store.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;
import org.merpati.core.api.disk.FilterDiskFile;

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

    private final class Slow extends FilterDiskFile {
        Slow(DiskFile file) {
            super(file);
        }

        @Override
        public void force() throws IOException {
            try {
                going.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            super.force();
        }
    }
}
