package org.merpati.launch.runtime.h2;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;
import org.merpati.core.api.disk.Safekeeping;

/**
 * The database file as it was before its schema was changed (docs/adr/0013), beside it as {@code NAME.mv.db.before-upgrade}.
 *
 * <p>A copy ends with its length and checksum: one without them was cut off itself, before anything was changed. It is
 * written back into the file, not renamed, so that a cut meanwhile leaves a whole copy.
 */
public final class UpgradeCopy implements Safekeeping {
    private static final Logger LOG = System.getLogger(UpgradeCopy.class.getName());
    private static final long MARK = 0x4d45_5250_434f_5059L;
    private static final int END = 3 * Long.BYTES;
    private static final int BUFFER = 1 << 20;

    private final Path file;

    /** @param database a path without {@code .mv.db} */
    public UpgradeCopy(Path database) {
        this.file = DurableFilePath.file(database);
    }

    @Override
    public void keep() {
        var copy = copy();
        try {
            Mount.of(file).store();
            Mount.of(file).keep(copy);
            LOG.log(Level.INFO, () -> "kept the database as it is in " + copy + " while its schema is changed");
        } catch (IOException | SQLException e) {
            discard(copy);
            throw new IllegalStateException(
                    "the database's schema is to be changed, and there must be room for a copy of it beside it meanwhile ("
                            + length() + " octets for " + copy + "): " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void release() {
        try {
            remove();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "can't remove " + copy() + ", from which the upgrade would begin anew: " + e.getMessage(), e);
        }
    }

    /**
     * Undoes an upgrade that was cut off. Call it before H2 opens the database, which must be mounted.
     *
     * @throws IllegalStateException when that can't be done now; the copy is still there
     */
    public void putBack() {
        var copy = copy();
        if (!Files.exists(copy)) {
            return;
        }
        var disk = Mount.of(file).disk();
        try {
            boolean whole;
            try (var from = disk.open(copy)) {
                whole = isWhole(from);
                if (whole) {
                    LOG.log(
                            Level.WARNING,
                            () -> "an upgrade of the database was cut off: " + file
                                    + " is put back as it was before, from " + copy + ", and the upgrade begins anew");
                    write(from, disk);
                    Mount.of(file).removeJournals(); // what they have came after the copy
                }
            }
            if (!whole) {
                LOG.log(Level.INFO, () -> copy + " was not finished, and nothing changed after it: it goes");
            }
            remove();
        } catch (IOException e) {
            throw new IllegalStateException("can't put " + copy + " back to " + file + ": " + e.getMessage(), e);
        }
    }

    /** Durable with its name when this returns. The file is not written to meanwhile. */
    static void make(DiskFile from, Disk disk, Path copy) throws IOException {
        try (var to = disk.open(copy)) {
            to.resize(0);
            long length = from.size();
            var crc = transfer(from, length, to);
            var end = ByteBuffer.allocate(END);
            end.putLong(MARK).putLong(length).putLong(crc);
            to.write(length, end.array(), 0, END);
            to.force();
        }
        disk.syncNames(copy);
    }

    private void write(DiskFile from, Disk disk) throws IOException {
        long length = from.size() - END;
        try (var to = disk.open(file)) {
            if (!to.lock()) {
                throw new IOException("it is in use");
            }
            transfer(from, length, to);
            to.resize(length);
            to.force();
        }
    }

    private static boolean isWhole(DiskFile copy) throws IOException {
        long length = copy.size() - END;
        var end = new byte[END];
        if (length < 0 || copy.read(length, end, 0, END) < END) {
            return false;
        }
        var said = ByteBuffer.wrap(end);
        return said.getLong() == MARK && said.getLong() == length && said.getLong() == transfer(copy, length, null);
    }

    /** The checksum of what was read, and written where {@code to} is. */
    private static long transfer(DiskFile from, long length, @Nullable DiskFile to) throws IOException {
        var crc = new CRC32C();
        var buffer = new byte[BUFFER];
        for (long at = 0; at < length; at += BUFFER) {
            int size = (int) Math.min(BUFFER, length - at);
            if (from.read(at, buffer, 0, size) < size) {
                throw new IOException("a file is shorter than it says");
            }
            crc.update(buffer, 0, size);
            if (to != null) {
                to.write(at, buffer, 0, size);
            }
        }
        return crc.getValue();
    }

    private void remove() throws IOException {
        var disk = Mount.of(file).disk();
        disk.delete(copy());
        disk.syncNames(file);
    }

    private void discard(Path copy) {
        try {
            remove();
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> "can't remove " + copy + ", which is of no use: " + e.getMessage());
        }
    }

    private long length() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // for a message that says more
        }
    }

    private Path copy() {
        return file.resolveSibling(file.getFileName() + ".before-upgrade");
    }
}
