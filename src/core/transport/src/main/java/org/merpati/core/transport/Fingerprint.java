package org.merpati.core.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.merpati.core.api.spool.Spooled;

/** By which a sender's next try is known: SHA-256 over reverse path, recipients as they were named, and the octets received. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Envelope envelope, Spooled message) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(line(envelope.reversePath()));
            envelope.addressees().stream()
                    .map(addressee -> addressee.recipient().address().toString())
                    .sorted()
                    .forEach(address -> digest.update(line(address)));
            digest.update(line(""));
            try (var in = message.open();
                    var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                in.transferTo(out);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
