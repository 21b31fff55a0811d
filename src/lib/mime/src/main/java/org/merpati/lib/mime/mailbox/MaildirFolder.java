package org.merpati.lib.mime.mailbox;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A folder of a Maildir++ tree.
 *
 * @param name its levels, none for the inbox, as they stand there: most programs write modified UTF-7 (RFC 3501 §5.1.3), some UTF-8
 */
public record MaildirFolder(List<String> name, Path directory) {
    public MaildirFolder {
        name = List.copyOf(name);
    }

    /** The inbox and the folders beside its messages, {@code .Folder.Sub}, by name. */
    public static List<MaildirFolder> in(Path maildir) throws IOException {
        var folders = new ArrayList<MaildirFolder>();
        if (MaildirReader.isMaildir(maildir)) {
            folders.add(new MaildirFolder(List.of(), maildir));
        }
        try (var entries = Files.newDirectoryStream(maildir, ".?*")) {
            for (var entry : entries) {
                var levels = String.valueOf(entry.getFileName()).substring(1).split("\\.", -1);
                boolean named = Arrays.stream(levels).noneMatch(String::isEmpty);
                if (named && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && MaildirReader.isMaildir(entry)) {
                    folders.add(new MaildirFolder(List.of(levels), entry));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        folders.sort(Comparator.comparing(folder -> String.join(".", folder.name)));
        return List.copyOf(folders);
    }

    public MaildirReader open() throws IOException {
        return MaildirReader.open(directory);
    }
}
