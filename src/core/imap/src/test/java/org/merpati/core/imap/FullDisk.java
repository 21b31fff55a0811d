package org.merpati.core.imap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;
import org.merpati.core.api.disk.FilterDiskFile;

/** The real disk, on which for a while some files, or all, can get no longer. */
final class FullDisk implements Disk {
    private volatile Predicate<Path> full = file -> false;

    void fill(Predicate<Path> files) {
        full = files;
    }

    void free() {
        full = file -> false;
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new FilterDiskFile(Disk.real().open(file)) {
            private void room(long length) throws IOException {
                // the room that a journal has made ahead is none where the file system puts what is written over
                // elsewhere
                boolean elsewhere = file.toString().contains(".journal");
                if (full.test(file) && (elsewhere || length > size())) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void write(long at, byte[] bytes, int from, int length) throws IOException {
                room(at + length);
                super.write(at, bytes, from, length);
            }

            @Override
            public void resize(long size) throws IOException {
                room(size);
                super.resize(size);
            }
        };
    }

    @Override
    public void delete(Path file) throws IOException {
        Disk.real().delete(file);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        Disk.real().syncFolder(folder);
    }
}
