package org.merpati.web.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of the page, read once from the class path.
 *
 * @param content not to be changed
 * @param tag its ETag, which names its content
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; the bytes go to the response as they are
record StaticFile(String type, byte[] content, String tag) {
    static StaticFile read(String name, String type) {
        try (var in = StaticFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the archive");
            }
            var content = in.readAllBytes();
            var hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new StaticFile(type, content, "\"" + HexFormat.of().formatHex(hash, 0, 8) + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
