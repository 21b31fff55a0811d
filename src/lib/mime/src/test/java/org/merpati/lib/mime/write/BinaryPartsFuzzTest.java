package org.merpati.lib.mime.write;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Octets;

/** Whatever comes as BINARYMIME: it can be stored, and is as long as it says. */
class BinaryPartsFuzzTest {
    @FuzzTest
    void anything(byte[] bytes) throws IOException {
        var result = encoded(bytes);
        if (result.length > 2 * bytes.length + 50 * (1 + count(bytes))) {
            throw new AssertionError("longer than base64 and its labels");
        }
    }

    private static byte[] encoded(byte[] bytes) throws IOException {
        var octets = Octets.of(bytes);
        var message = Message.parse(octets, Limits.DEFAULT);
        var edits = new Edits(octets);
        BinaryParts.encode(message, edits);
        var result = edits.result();
        try (var in = result.open(0, result.size())) {
            var all = in.readAllBytes();
            if (all.length != result.size()) {
                throw new AssertionError("not as long as it says");
            }
            if (edits.isEmpty() && !Arrays.equals(all, bytes)) {
                throw new AssertionError("changed without an edit");
            }
            return all;
        }
    }

    /** No more parts than lines. */
    private static int count(byte[] bytes) {
        int lines = 1;
        for (byte octet : bytes) {
            lines += octet == '\n' || octet == '\r' ? 1 : 0;
        }
        return lines;
    }
}
