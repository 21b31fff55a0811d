package org.merpati.lib.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/** A password as UTF-8. Reaches nobody through {@link #toString()}. */
public final class Password implements AutoCloseable {
    private final byte[] octets;

    private Password(byte[] octets) {
        this.octets = octets;
    }

    public static Password of(String text) {
        return new Password(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of these octets; they must be UTF-8. */
    public static Password of(byte[] utf8) {
        var unused = SaslText.utf8(utf8);
        return new Password(utf8.clone());
    }

    /** Lends the octets, which must not be kept. */
    public <R> R use(Function<byte[], R> check) {
        return check.apply(octets);
    }

    /** As SCRAM derives keys from it: prepared where SASLprep allows the text, else as it is. */
    Password prepared() {
        return Preparation.query(SaslText.utf8(octets)).map(Password::of).orElseGet(() -> of(octets));
    }

    /** Overwrites the octets. */
    @Override
    public void close() {
        Arrays.fill(octets, (byte) 0);
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
