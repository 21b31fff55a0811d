package org.merpati.adapter.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that only the server's own user may read, where the file system knows such a thing. */
final class OwnerOnly {
    private OwnerOnly() {}

    /** The folder, made with its parents where it is missing; one that is there is closed to others. */
    static Path folder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            if (posix(folder)) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            return folder;
        }
        var parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return Files.createDirectory(folder, attributes(folder, "rwx------"));
    }

    /** A new file, closed to others from its first moment; fails when it is there. */
    static Path file(Path file) throws IOException {
        return Files.createFile(file, attributes(file, "rw-------"));
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return posix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
