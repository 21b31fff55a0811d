package org.merpati.check.powercut;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;
import org.merpati.core.api.disk.FilterDiskFile;

/** Leaves images of what a cut at this moment would leave, before every so many operations and around those of some files. */
final class CuttingDisk implements Disk {
    private final CutDisk disk;
    private final Path folder;
    private final int every;
    private final Predicate<Path> each;
    private final List<Path> images = new ArrayList<>();
    private final AtomicInteger operations = new AtomicInteger();
    private boolean cutting;

    /**
     * @param folder where the images go
     * @param every how many operations there are between two images
     * @param each whether each rare operation of a file is to be cut
     */
    CuttingDisk(CutDisk disk, Path folder, int every, Predicate<Path> each) {
        this.disk = disk;
        this.folder = folder;
        this.every = every;
        this.each = each;
    }

    /** Whether images are made from now on; none at first. */
    synchronized void cut(boolean now) {
        cutting = now;
    }

    /** In the order of their making. */
    synchronized List<Path> images() {
        return List.copyOf(images);
    }

    private synchronized void before(Path file, boolean rare) throws IOException {
        if (cutting && (operations.getAndIncrement() % every == 0 || (rare && each.test(file)))) {
            int number = images.size();
            var image = folder.resolve("image" + number);
            disk.cut(image, number % 3 * 0.5, number % 2 == 1, new Random(number));
            images.add(image);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        before(file, true);
        disk.delete(file);
        before(file, true);
    }

    @Override
    public void syncFolder(Path path) throws IOException {
        before(path, false);
        disk.syncFolder(path);
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new FilterDiskFile(disk.open(file)) {
            @Override
            public void write(long at, byte[] bytes, int from, int length) throws IOException {
                before(file, false);
                super.write(at, bytes, from, length);
            }

            @Override
            public void resize(long size) throws IOException {
                before(file, false);
                super.resize(size);
            }

            @Override
            public void force() throws IOException {
                before(file, true);
                super.force();
            }
        };
    }
}
