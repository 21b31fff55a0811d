package org.merpati.lib.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChunkReaderTest {
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

    private static SmtpInput input(String octets) {
        return new SmtpInput(new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void chunksFollowOneAnotherAndCommandsFollowThem() throws IOException {
        var in = input("one\r\ntwo\r\nNOOP\r\n");
        var reader = new ChunkReader(in, sink, 100, false);
        reader.chunk(4); // between CR and LF
        reader.chunk(0);
        reader.chunk(6);
        assertThat(reader.result()).isEqualTo(new DataReader.Result.Whole(10));
        assertThat(sink).hasToString("one\r\ntwo\r\n");
        assertThat(in.line()).isEqualTo("NOOP");
    }

    @Test
    void dotsMeanNothing() throws IOException {
        var reader = new ChunkReader(input("a\r\n.\r\nb\r\n"), sink, 100, false);
        reader.chunk(9);
        assertThat(sink).hasToString("a\r\n.\r\nb\r\n");
    }

    @Test
    void aChunkBeyondTheLimitIsReadToItsEnd() throws IOException {
        var in = input("x".repeat(40_000) + "RSET\r\n");
        var reader = new ChunkReader(in, sink, 39_999, false);
        reader.chunk(40_000);
        assertThat(reader.good()).isFalse();
        assertThat(reader.result()).isEqualTo(new DataReader.Result.TooLarge());
        assertThat(in.line()).isEqualTo("RSET");
    }

    @Test
    void bareLineBreaksAreForBinaryMessagesOnly() throws IOException {
        for (var bare : new String[] {"a\nb", "a\rb", "\n", "a\r", "\r\r\n"}) {
            var text = new ChunkReader(input(bare), OutputStream.nullOutputStream(), 100, false);
            text.chunk(bare.length());
            assertThat(text.result()).as(bare).isEqualTo(new DataReader.Result.BareLineBreak());
            var binary = new ChunkReader(input(bare), OutputStream.nullOutputStream(), 100, true);
            binary.chunk(bare.length());
            assertThat(binary.result()).as(bare).isEqualTo(new DataReader.Result.Whole(bare.length()));
        }
    }

    @Test
    void aBareCrAtTheEndOfAChunkIsSeenInTheNext() throws IOException {
        var reader = new ChunkReader(input("a\rb"), sink, 100, false);
        reader.chunk(2);
        assertThat(reader.good()).isTrue();
        reader.chunk(1);
        assertThat(reader.good()).isFalse();
    }

    @Test
    void aSinkThatFailsIsAResultAndTheChunkIsReadToItsEnd() throws IOException {
        var in = input("abcNOOP\r\n");
        var failure = new IOException("no");
        var reader = new ChunkReader(
                in,
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw failure;
                    }
                },
                100,
                false);
        reader.chunk(3);
        assertThat(reader.result()).isEqualTo(new DataReader.Result.NotTaken(failure));
        assertThat(in.line()).isEqualTo("NOOP");
    }

    @Test
    void hugeChunksArePassedOnInBlocks() throws IOException {
        var zeros = new InputStream() {
            long left = 50_000_000;

            @Override
            public int read() {
                throw new IllegalStateException("blocks only");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int count = (int) Math.min(left, length);
                left -= count;
                return count == 0 ? -1 : count;
            }
        };
        var reader = new ChunkReader(new SmtpInput(zeros), OutputStream.nullOutputStream(), Long.MAX_VALUE, true);
        reader.chunk(50_000_000);
        assertThat(reader.result()).isEqualTo(new DataReader.Result.Whole(50_000_000));
    }

    @Test
    void anInputThatEndsInAChunkIsTheEnd() {
        assertThatThrownBy(() -> new ChunkReader(input("ab"), sink, 100, false).chunk(3))
                .isInstanceOf(EOFException.class);
    }
}
