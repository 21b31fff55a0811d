package org.merpati.launch.runtime.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.h2.message.DbException;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.merpati.core.api.disk.Disk;

/** The scheme {@code durable:} of H2's file names. Made by H2, by name; other files than the database are plain ones. */
public final class DurableFilePath extends FilePathWrapper {
    public static final String SCHEME = "durable";
    private static final String DATABASE = ".mv.db";

    /** From now on H2 finds this database, a path without {@code .mv.db}, on that disk. */
    public static void mount(Path database, Disk disk) {
        Mount.put(file(database), disk);
        register();
    }

    public static void unmount(Path database) {
        Mount.remove(file(database));
    }

    static void register() {
        FilePath.register(new DurableFilePath());
    }

    static Path file(Path database) {
        return database.resolveSibling(database.getFileName() + DATABASE);
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        var path = Path.of(getBase().toString());
        return isDatabase() && !mode.equals("r")
                ? Mount.of(path).open(path)
                : getBase().open(mode);
    }

    /**
     * H2 asks before it opens a database that is there, and would open it for reading alone: then what the journal has could not
     * be done again.
     */
    @Override
    public boolean canWrite() {
        return isDatabase() || super.canWrite();
    }

    /** SHUTDOWN COMPACT puts a new file in the place of the old one. */
    @Override
    public void moveTo(FilePath newName, boolean atomicReplace) {
        var from = Path.of(getBase().toString());
        var disk = Mount.of(from).disk();
        try (var file = disk.open(from)) {
            file.force();
        } catch (IOException e) {
            throw DbException.convertIOException(e, from.toString());
        }
        super.moveTo(newName, atomicReplace);
        try {
            disk.syncNames(from);
        } catch (IOException e) {
            throw DbException.convertIOException(e, from.toString());
        }
    }

    private boolean isDatabase() {
        return name.endsWith(DATABASE);
    }
}
