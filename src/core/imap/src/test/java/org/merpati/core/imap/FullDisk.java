package org.merpati.core.imap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;

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
        var real = Disk.real().open(file);
        return new DiskFile() {
            private void room(long length) throws IOException {
                // the room that a journal has made ahead is none where the file system puts what is written over
                // elsewhere
                boolean elsewhere = file.toString().contains(".journal");
                if (full.test(file) && (elsewhere || length > real.size())) {
                    throw new IOException("No space left on device");
                }
            }

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
                room(at + length);
                real.write(at, bytes, from, length);
            }

            @Override
            public void resize(long size) throws IOException {
                room(size);
                real.resize(size);
            }

            @Override
            public void force() throws IOException {
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
        Disk.real().delete(file);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        Disk.real().syncFolder(folder);
    }
}
