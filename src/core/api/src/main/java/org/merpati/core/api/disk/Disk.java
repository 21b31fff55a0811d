package org.merpati.core.api.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Where durable files lie. Safe for any number of threads. */
public interface Disk {
    /** The file system as it is. */
    static Disk real() {
        return RealDisk.INSTANCE;
    }

    /** Opens a file for reading and writing; makes it when it is missing. Its name is durable after {@link #syncFolder}. */
    DiskFile open(Path file) throws IOException;

    /** Removes a file if it is there; durable after {@link #syncFolder}. */
    void delete(Path file) throws IOException;

    /** What was made and removed in this folder is durable when this returns. Never on a thread that is interrupted. */
    void syncFolder(Path folder) throws IOException;

    /** The names of this file and of the folder in which it lies are durable when this returns. */
    default void syncNames(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            syncFolder(folder);
            var above = folder.getParent();
            if (above != null) {
                syncFolder(above);
            }
        }
    }
}
