package org.merpati.core.imap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.merpati.lib.imap.DeflatingOutput;
import org.merpati.lib.imap.InflatingInput;

/** COMPRESS (RFC 4978) and how it ends (RFC 8437 §4.1), over a whole session. */
final class CompressTest {
    private final RealHouse house = RealHouse.HOUSE.empty();
    private final MemoryConnection client = new MemoryConnection(house.protocol());
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final DeflatingOutput deflating = new DeflatingOutput(packed);
    private final InflatingInput inflating = new InflatingInput(
            new InputStream() {
                private byte[] octets = new byte[0];
                private int at;

                @Override
                public int read() {
                    if (at == octets.length) {
                        octets = client.octets();
                        at = 0;
                    }
                    return octets.length == 0 ? -1 : octets[at++] & 0xff;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    int octet = read();
                    if (octet < 0) {
                        return -1;
                    }
                    bytes[offset] = (byte) octet;
                    return 1;
                }
            },
            new byte[0]);

    private byte[] packed(String text) throws IOException {
        deflating.write(text.getBytes(UTF_8));
        deflating.flush();
        byte[] octets = packed.toByteArray();
        packed.reset();
        return octets;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = inflating.read(); c != '\n'; c = inflating.read()) {
            assertThat(c).as("the server has closed after %s", line).isNotEqualTo(-1);
            line.write(c);
        }
        return line.toString(UTF_8).stripTrailing();
    }

    private void compress() {
        client.line();
        assertThat(client.ask("a LOGIN alice@example.org secret")).startsWith("a OK");
        assertThat(client.ask("b COMPRESS")).startsWith("b BAD");
        assertThat(client.ask("b COMPRESS LZ77")).startsWith("b BAD Syntax: expected DEFLATE");
        assertThat(client.ask("b COMPRESS deflate")).isEqualTo("b OK DEFLATE from now on");
    }

    @Test
    void bothWaysAreCompressedBehindTheTaggedReply() throws IOException {
        try (client) {
            compress();
            client.send(packed("c NOOP\r\n"));
            assertThat(line()).isEqualTo("c OK NOOP completed");
            client.send(packed("d COMPRESS DEFLATE\r\ne STATUS INBOX (MESSAGES)\r\n"));
            assertThat(line()).startsWith("d BAD [COMPRESSIONACTIVE]");
            assertThat(line()).isEqualTo("* STATUS INBOX (MESSAGES 0)");
            assertThat(line()).startsWith("e OK");
        }
    }

    @Test
    void whatComesRightBehindTheCommandIsCompressedAlready() throws IOException {
        try (client) {
            client.line();
            assertThat(client.ask("a LOGIN alice@example.org secret")).startsWith("a OK");
            var both = new ByteArrayOutputStream();
            both.write("b COMPRESS DEFLATE\r\n".getBytes(UTF_8));
            both.write(packed("c NOOP\r\n"));
            client.send(both.toByteArray());
            assertThat(client.line()).startsWith("b OK");
            assertThat(line()).isEqualTo("c OK NOOP completed");
        }
    }

    @Test
    void anIdlingClientIsToldCompressed() throws IOException {
        try (client) {
            compress();
            client.send(packed("c EXAMINE INBOX\r\n"));
            for (var text = line(); !text.startsWith("c OK"); text = line()) {
                assertThat(text).startsWith("*");
            }
            client.send(packed("d IDLE\r\n"));
            assertThat(line()).startsWith("+");
            house.deliver("INBOX", "one");
            assertThat(line()).isEqualTo("* 1 EXISTS");
            assertThat(line()).startsWith("* 1 RECENT");
            house.deliver("INBOX", "two");
            assertThat(line()).isEqualTo("* 2 EXISTS");
            assertThat(line()).startsWith("* 2 RECENT");
            client.send(packed("DONE\r\n"));
            assertThat(line()).startsWith("d OK");
        }
    }

    @Test
    void unauthenticateEndsItBothWays() throws IOException {
        try (client) {
            compress();
            var both = new ByteArrayOutputStream();
            both.write(packed("c UNAUTHENTICATE\r\n"));
            both.write("d LOGIN alice@example.org secret\r\n".getBytes(UTF_8));
            client.send(both.toByteArray());
            assertThat(line()).isEqualTo("c OK UNAUTHENTICATE completed");
            assertThat(client.line()).startsWith("d OK [CAPABILITY");
            assertThat(client.ask("e NOOP")).isEqualTo("e OK NOOP completed");
        }
    }

    @Test
    void whatIsNotCompressedEndsTheSession() throws IOException {
        compress();
        client.send("c NOOP\r\n");
        client.finish();
        assertThat(client.failure).isInstanceOf(IOException.class).hasMessageContaining("compressed");
    }
}
