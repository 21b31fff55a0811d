package org.merpati.lib.mime.write;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a part's octets come from. It is opened once to find the best encoding and once more for each time that the message is
 * written; it gives the same octets each time, and its streams are closed.
 */
@FunctionalInterface
public interface ContentSource {
    InputStream open() throws IOException;

    /** These bytes, which are not copied and must not change. */
    static ContentSource of(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    static ContentSource of(Path file) {
        return () -> Files.newInputStream(file);
    }
}
