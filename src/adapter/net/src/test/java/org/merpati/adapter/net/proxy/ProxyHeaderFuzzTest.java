package org.merpati.adapter.net.proxy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Whatever a proxy sends, it is a header, none, or an end; never is more read than the header's own length. */
class ProxyHeaderFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void header(byte[] octets) throws IOException {
        var in = new ByteArrayInputStream(octets);
        try {
            ProxyHeader.read(in);
        } catch (ProxyHeaderException | EOFException e) {
            if (octets.length - in.available() > 16 + 65_535) {
                throw new AssertionError("too much was read", e);
            }
            return;
        }
        int read = octets.length - in.available();
        int length = octets[0] == '\r'
                ? 16 + ((octets[14] & 0xff) << 8) + (octets[15] & 0xff)
                : new String(octets, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
        if (read != length) {
            throw new AssertionError(read + " octets were read of a header of " + length);
        }
    }
}
