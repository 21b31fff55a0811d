package org.merpati.lib.mime.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;

/**
 * A message of a Maildir, as its file was named when it was listed; another program may rename or remove it at any time.
 *
 * @param letters all that stood after {@code 2,}: flags, and Dovecot's keywords in small letters
 * @param recent whether no program has taken it over yet: it lies in {@code new}
 * @param received by the seconds that the name begins with, else when the file was last changed
 */
public record MaildirEntry(Path file, String letters, boolean recent, Instant received, long size) {
    private static final long LATEST = 253_402_300_799L; // the end of the year 9999

    public Set<MaildirFlag> flags() {
        return MaildirFlag.of(letters);
    }

    /** The message. */
    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    /** The info after the unique name: behind a colon, or what stands for it on file systems that have none in names. */
    static String letters(String name) {
        int comma = name.lastIndexOf("2,");
        boolean info = comma > 0 && ":;!-".indexOf(name.charAt(comma - 1)) >= 0;
        return info ? name.substring(comma + 2) : "";
    }

    /** The seconds before the first dot. */
    static Instant received(String name, Instant changed) {
        int dot = name.indexOf('.');
        boolean number = dot > 0 && dot <= 12 && name.chars().limit(dot).allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            return changed;
        }
        try {
            return Instant.ofEpochSecond(Math.min(Long.parseLong(name, 0, dot, 10), LATEST));
        } catch (DateTimeException e) {
            return changed;
        }
    }
}
