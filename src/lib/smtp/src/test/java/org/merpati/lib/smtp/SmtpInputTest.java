package org.merpati.lib.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

class SmtpInputTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100_000})
    void linesComeOneByOneHoweverTheyArrive(int most) throws IOException {
        var in = new SmtpInput(new Trickle("one\r\n\r\ntw\ro\r\n\u00e9\0\r\nrest", most));

        assertThat(in.line()).isEqualTo("one");
        assertThat(in.line()).isEmpty();
        assertThat(in.line()).isEqualTo("tw\ro");
        assertThat(in.line()).isEqualTo("\u00e9\0");
        assertThatThrownBy(in::line).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 100_000})
    void aLineThatIsTooLongIsSwallowedToItsEnd(int most) throws IOException {
        var longest = "x".repeat(SmtpInput.LONGEST_LINE - 2);
        var in = new SmtpInput(
                new Trickle(longest + "\r\n" + longest + "x\r\n" + "NOOP\r ".repeat(20_000) + "\r\nnext\r\n", most));

        assertThat(in.line()).isEqualTo(longest);
        fails(in, Fault.LINE_TOO_LONG);
        fails(in, Fault.LINE_TOO_LONG);
        assertThat(in.line()).isEqualTo("next");
    }

    @Test
    void aLineThatEndsWithLfAloneIsNoLine() throws IOException {
        var in = new SmtpInput(new Trickle("one\n\ntwo\r\n", 100));

        fails(in, Fault.LINE_END);
        fails(in, Fault.LINE_END);
        assertThat(in.line()).isEqualTo("two");
    }

    @Test
    void anEndlessLineTakesNoMemoryAndEndsWithTheInput() {
        var endless = new InputStream() {
            private long left = 50_000_000;

            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                left -= length;
                return left < 0 ? -1 : length;
            }
        };

        assertThatThrownBy(() -> new SmtpInput(endless).line()).isInstanceOf(EOFException.class);
    }

    @Test
    void bufferedTellsWhetherMoreIsThere() throws IOException {
        var in = new SmtpInput(new Trickle("one\r\ntwo\r\n", 100));
        in.line();
        assertThat(in.buffered()).isTrue();
        in.line();
        assertThat(in.buffered()).isFalse();
    }

    private static void fails(SmtpInput in, Fault fault) {
        assertThatThrownBy(in::line)
                .isInstanceOfSatisfying(
                        SmtpSyntaxException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
