package org.merpati.lib.mime.mailbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one Maildir folder: those of {@code new}, then those of {@code cur}, in the order that the file system gives. What
 * lies in {@code tmp} is not delivered yet. Only plain files count: no links, no hidden ones.
 *
 * <p>A folder is listed as it is read; a message that another program moves meanwhile may be given twice or not at all.
 */
public final class MaildirReader implements Closeable {
    private final Path folder;
    private @Nullable DirectoryStream<Path> listing;
    private @Nullable Iterator<Path> files;
    private boolean inCur;

    private MaildirReader(Path folder) {
        this.folder = folder;
    }

    /** @throws NoSuchFileException when it has neither {@code cur} nor {@code new} */
    public static MaildirReader open(Path folder) throws IOException {
        if (!isMaildir(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "no Maildir: it has neither cur nor new");
        }
        return new MaildirReader(folder);
    }

    static boolean isMaildir(Path folder) {
        return Files.isDirectory(folder.resolve("cur")) || Files.isDirectory(folder.resolve("new"));
    }

    /** The next message, empty after the last. */
    public Optional<MaildirEntry> next() throws IOException {
        var iterator = files == null ? list("new") : files;
        while (true) {
            while (hasNext(iterator)) {
                var entry = entry(iterator.next());
                if (entry.isPresent()) {
                    return entry;
                }
            }
            if (inCur) {
                return Optional.empty();
            }
            inCur = true;
            iterator = list("cur");
        }
    }

    @Override
    public void close() throws IOException {
        if (listing != null) {
            listing.close();
        }
    }

    @SuppressWarnings("StreamResourceLeak") // it is open while it is read: by the next folder or close() it is closed
    private Iterator<Path> list(String name) throws IOException {
        close();
        var directory = folder.resolve(name);
        Iterator<Path> iterator = Collections.emptyIterator();
        if (Files.isDirectory(directory)) {
            var stream = Files.newDirectoryStream(directory);
            listing = stream;
            iterator = stream.iterator();
        }
        files = iterator;
        return iterator;
    }

    private static boolean hasNext(Iterator<Path> iterator) throws IOException {
        try {
            return iterator.hasNext();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private Optional<MaildirEntry> entry(Path file) throws IOException {
        var name = String.valueOf(file.getFileName());
        if (name.startsWith(".")) {
            return Optional.empty();
        }
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                return Optional.empty();
            }
            var received =
                    MaildirEntry.received(name, attributes.lastModifiedTime().toInstant());
            return Optional.of(new MaildirEntry(file, MaildirEntry.letters(name), !inCur, received, attributes.size()));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // moved since it was listed
        }
    }
}
