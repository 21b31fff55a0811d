package org.merpati.lib.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.smtp.DataReader.Result;

/** RFC 5321 §4.5.2, §2.3.8. */
class DataReaderTest {
    private static final long NO_LIMIT = 1L << 40;

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                ".\\r\\n|''",
                "\\r\\n.\\r\\n|\\r\\n",
                "a\\r\\n.\\r\\n|a\\r\\n",
                "..\\r\\n.\\r\\n|.\\r\\n",
                "...\\r\\n.\\r\\n|..\\r\\n",
                ".a\\r\\n.\\r\\n|a\\r\\n",
                "a.\\r\\n.\\r\\n|a.\\r\\n",
                "a\\r\\n..b\\r\\n\\r\\n.\\r\\n|a\\r\\n.b\\r\\n\\r\\n",
                ". \\r\\n.\\r\\n| \\r\\n",
            })
    void dotsAreTakenOutAndTheEndIsFound(String sent, String received) throws IOException {
        var wire = unescape(sent);
        for (int most = 1; most <= wire.length() + 5; most++) {
            var in = new SmtpInput(new Trickle(wire + "QUIT\r\n", most));
            var sink = new ByteArrayOutputStream();

            var result = DataReader.read(in, sink, NO_LIMIT);

            assertThat(sink.toString(StandardCharsets.ISO_8859_1)).isEqualTo(unescape(received));
            assertThat(result).isEqualTo(new Result.Whole(unescape(received).length()));
            assertThat(in.line()).isEqualTo("QUIT");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\\n.\\n", "a\\n.\\r\\n", "a\\r\\n.\\n", "\\n.\\r\\n", ".\\n", "a\\r.\\r", "a\\r\\n.\\r",
                        "a\\r.\\r\\n", ".\\ra\\r\\n",
                ".\\r.\\r\\n", "\\r\\r\\n.\\n", ".\\r\\r\\n", "a\\nb\\r\\n", "a\\rb\\r\\n", "\\n", "\\r",
                        "..\\n.\\r\\n", ".\\r.\\r\\n"
            })
    void nothingButCrlfDotCrlfEndsAMessageAndBareLineBreaksRefuseIt(String sent) throws IOException {
        var wire = unescape(sent) + "evil\r\n.\r\n";
        for (int most = 1; most <= wire.length() + 5; most++) {
            var in = new SmtpInput(new Trickle(wire + "QUIT\r\n", most));

            assertThat(DataReader.read(in, OutputStream.nullOutputStream(), NO_LIMIT))
                    .isEqualTo(new Result.BareLineBreak());
            assertThat(in.line()).isEqualTo("QUIT");
        }
    }

    @Test
    void theLimitIsOnTheMessageWithoutItsAddedDots() throws IOException {
        assertThat(read("..\r\n..\r\n.\r\n", 6)).isEqualTo(new Result.Whole(6));
        assertThat(read("..\r\n..\r\n.\r\n", 5)).isEqualTo(new Result.TooLarge());
        assertThat(read("a\n" + "x".repeat(50) + "\r\n.\r\n", 5)).isEqualTo(new Result.BareLineBreak());
    }

    @Test
    void beyondTheLimitNothingIsPassedOn() throws IOException {
        var sink = new ByteArrayOutputStream();
        var in = new SmtpInput(new Trickle("x".repeat(5_000_000) + "\r\n.\r\nQUIT\r\n", 100_000));

        assertThat(DataReader.read(in, sink, 100_000)).isEqualTo(new Result.TooLarge());
        assertThat(sink.size()).isLessThanOrEqualTo(100_000);
        assertThat(in.line()).isEqualTo("QUIT");
    }

    @Test
    void aSinkThatFailsIsNotAskedAgain() throws IOException {
        var failure = new IOException("full");
        var writes = new int[1];
        var sink = new OutputStream() {
            @Override
            public void write(int octet) {
                throw new AssertionError("octet by octet");
            }

            @Override
            public void write(byte[] octets, int offset, int length) throws IOException {
                writes[0]++;
                throw failure;
            }
        };
        var in = new SmtpInput(new Trickle("x".repeat(100_000) + "\r\n.\r\nQUIT\r\n", 100_000));

        assertThat(DataReader.read(in, sink, NO_LIMIT)).isEqualTo(new Result.NotTaken(failure));
        assertThat(writes[0]).isEqualTo(1);
        assertThat(in.line()).isEqualTo("QUIT");
    }

    @Test
    void aMessageThatStopsIsNoMessage() {
        assertThatThrownBy(() -> read("a\r\n.\r", NO_LIMIT)).isInstanceOf(EOFException.class);
    }

    private static Result read(String wire, long limit) throws IOException {
        return DataReader.read(new SmtpInput(new Trickle(wire, 100)), OutputStream.nullOutputStream(), limit);
    }
}
