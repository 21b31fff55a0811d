package org.merpati.lib.imap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CompressionTest {
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final DeflatingOutput out = new DeflatingOutput(wire);

    /** One octet at each read: the worst that a network does. */
    private static InputStream drops(byte[] octets) {
        return new ByteArrayInputStream(octets) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(1, length));
            }
        };
    }

    @Test
    void aFlushBringsOutAllThatWasWritten() throws IOException {
        try (var in = new InflatingInput(InputStream.nullInputStream(), new byte[0])) {
            assertThat(in.read()).isEqualTo(-1);
        }
        out.write("* OK one\r\n".getBytes(UTF_8));
        out.flush();
        int first = wire.size();
        try (var in = new InflatingInput(new ByteArrayInputStream(wire.toByteArray()), new byte[0])) {
            assertThat(in.readNBytes(10)).asString(UTF_8).isEqualTo("* OK one\r\n");
        }
        out.flush();
        assertThat(wire.size()).isEqualTo(first);
    }

    @Test
    void theStreamGoesOnWhenTheDeflaterWasGivenBack() throws IOException {
        var random = new Random(4978);
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < 300; i++) {
            byte[] octets = new byte[random.nextInt(3000)];
            for (int at = 0; at < octets.length; at++) {
                octets[at] = (byte) (i % 3 == 0 ? random.nextInt() : "* FETCH (FLAGS ".charAt(at % 15));
            }
            all.write(octets);
            out.write(octets);
            if (random.nextBoolean()) {
                out.flush();
                if (random.nextBoolean()) {
                    out.release();
                }
            }
        }
        out.flush();
        try (var in = new InflatingInput(drops(wire.toByteArray()), new byte[0])) {
            assertThat(in.readAllBytes()).isEqualTo(all.toByteArray());
        }
        assertThat(wire.size()).isLessThan(all.size());
    }

    @Test
    void whatWasReadAlreadyComesFirst() throws IOException {
        out.write("a NOOP\r\nb NOOP\r\n".getBytes(UTF_8));
        out.flush();
        byte[] octets = wire.toByteArray();
        byte[] first = java.util.Arrays.copyOf(octets, 5);
        try (var in = new InflatingInput(new ByteArrayInputStream(octets, 5, octets.length - 5), first)) {
            assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("a NOOP\r\nb NOOP\r\n");
        }
    }

    @Test
    void whatComesInClearBehindTheLastFlushIsHandedOver() throws IOException {
        out.write("a UNAUTHENTICATE\r\n".getBytes(UTF_8));
        out.flush();
        wire.write("b LOGIN x y\r\n".getBytes(UTF_8));
        var in = new InflatingInput(new ByteArrayInputStream(wire.toByteArray()), new byte[0]);
        assertThat(in.readNBytes(18)).asString(UTF_8).isEqualTo("a UNAUTHENTICATE\r\n");
        assertThat(in.end()).asString(UTF_8).isEqualTo("b LOGIN x y\r\n");
    }

    @Test
    void whatComesInClearBehindAFinishedStreamIsHandedOver() throws IOException {
        var deflater = new java.util.zip.Deflater(6, true);
        deflater.setInput("a UNAUTHENTICATE\r\n".getBytes(UTF_8));
        deflater.finish();
        var block = new byte[100];
        wire.write(block, 0, deflater.deflate(block));
        deflater.end();
        wire.write("b LOGIN x y\r\n".getBytes(UTF_8));
        var in = new InflatingInput(new ByteArrayInputStream(wire.toByteArray()), new byte[0]);
        assertThat(in.readNBytes(18)).asString(UTF_8).isEqualTo("a UNAUTHENTICATE\r\n");
        assertThat(in.end()).asString(UTF_8).isEqualTo("b LOGIN x y\r\n");
    }

    @Test
    void aBombGivesNoMoreThanIsAskedFor() throws IOException {
        out.write(new byte[10_000_000]);
        out.flush();
        assertThat(wire.size()).isLessThan(100_000);
        try (var in = new InflatingInput(new ByteArrayInputStream(wire.toByteArray()), new byte[0])) {
            assertThat(in.readNBytes(512)).hasSize(512);
            var reader = new ImapReader(in);
            assertThat(reader.next(new LiteralPolicy() {
                        @Override
                        public boolean accepts(String verb, long octets) {
                            return false;
                        }

                        @Override
                        public void invite() {}
                    }))
                    .isInstanceOf(Input.End.class);
        }
    }

    @Test
    void whatIsNotCompressedEndsTheConnection() {
        try (var in = new InflatingInput(new ByteArrayInputStream("a NOOP\r\n".getBytes(UTF_8)), new byte[0])) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatStrangersSendIsReadOrRefused() {
        var random = new Random(1951);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(60)];
            random.nextBytes(octets);
            try (var in = new InflatingInput(new ByteArrayInputStream(octets), new byte[0])) {
                in.readNBytes(100_000);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("compressed");
            }
        }
    }
}
