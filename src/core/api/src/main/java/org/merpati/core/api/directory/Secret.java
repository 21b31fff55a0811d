package org.merpati.core.api.directory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/** A password on its way to a check. Its text never comes out of {@link #toString()}, so that it can't reach a log. */
public final class Secret implements AutoCloseable {
    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The text as UTF-8. */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of these bytes. */
    public static Secret of(byte[] utf8) {
        return new Secret(utf8.clone());
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** Lends the bytes (UTF-8) to {@code check}, which must not keep them. */
    public <R> R use(Function<byte[], R> check) {
        return check.apply(bytes);
    }

    /** Overwrites the bytes. */
    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
