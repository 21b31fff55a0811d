package org.merpati.lib.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ImapReaderTest {
    private final List<String> invited = new ArrayList<>();
    private final LiteralPolicy policy = new LiteralPolicy() {
        private String last = "";

        @Override
        public boolean accepts(String verb, long octets) {
            last = verb + " " + octets;
            return !verb.equals("APPEND") && octets <= 10_000;
        }

        @Override
        public void invite() {
            invited.add(last);
        }
    };

    private static ImapReader over(String text) {
        return new ImapReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private String next(ImapReader reader) throws IOException {
        return switch (reader.next(policy)) {
            case Input.Whole(var command) ->
                command.tag() + "|" + command.space().word("a verb");
            case Input.Refused(var tag, var verb, var reason) -> tag.orElse("*") + "|" + verb + "|" + reason;
            case Input.End end -> "end";
        };
    }

    @Test
    void commandsFollowOneAnotherWhateverTheLineEnd() throws IOException {
        var reader = over("a1 NOOP\r\na2 noop\na3 NOOP\r\nhalf");
        assertThat(next(reader)).isEqualTo("a1|NOOP");
        assertThat(next(reader)).isEqualTo("a2|NOOP");
        assertThat(next(reader)).isEqualTo("a3|NOOP");
        assertThat(next(reader)).isEqualTo("end");
        assertThat(next(reader)).isEqualTo("end");
    }

    @Test
    void aLiteralIsInvitedOnceAndReadWhole() throws IOException {
        var reader = over("a LOGIN {5}\r\nal\nce {2+}\r\n\r\n\r\nb NOOP\r\n");
        var whole = (Input.Whole) reader.next(policy);
        var command = whole.command();
        assertThat(command.tag()).isEqualTo("a");
        command.space().word("a verb");
        assertThat(command.space().text()).isEqualTo("al\nce");
        assertThat(command.space().text()).isEqualTo("\r\n");
        command.end();
        assertThat(invited).containsExactly("LOGIN 5");
        assertThat(next(reader)).isEqualTo("b|NOOP");
    }

    @Test
    void aRefusedLiteralThatWaitsIsNotReadAndOneThatDoesNotWaitIsPassedOver() throws IOException {
        var reader = over("a APPEND x {100}\r\nb APPEND x {9+}\r\nc NOOP\r\n\r\nd LOGIN {5000+}\r\n" + "x".repeat(5000)
                + " {3+}\r\nabc\r\ne NOOP\r\n");
        assertThat(next(reader)).isEqualTo("a|APPEND|LITERAL");
        assertThat(next(reader)).isEqualTo("b|APPEND|LITERAL");
        assertThat(next(reader)).isEqualTo("d|LOGIN|LITERAL");
        assertThat(next(reader)).isEqualTo("e|NOOP");
        assertThat(invited).isEmpty();
    }

    @Test
    void aLongLineIsPassedOverAndItsTagIsKnown() throws IOException {
        var reader =
                over("a NOOP " + "x".repeat(1_000_000) + "\r\nb NOOP\r\n" + "x".repeat(100_000) + "\r\nc NOOP\r\n");
        assertThat(next(reader)).isEqualTo("a|NOOP|LINE");
        assertThat(next(reader)).isEqualTo("b|NOOP");
        assertThat(next(reader)).isEqualTo("*||LINE");
        assertThat(next(reader)).isEqualTo("c|NOOP");
    }

    @Test
    void theLimitOfALineIsExact() throws IOException {
        var longest = "a NOOP " + "x".repeat(ImapReader.LONGEST_LINE - 8);
        assertThat(next(over(longest + "\n"))).isEqualTo("a|NOOP");
        assertThat(next(over(longest + "\r\n"))).isEqualTo("a|NOOP");
        assertThat(next(over(longest + "xx\n"))).isEqualTo("a|NOOP|LINE");
    }

    @Test
    void aFloodEndsInAConstantAmountOfMemory() throws IOException {
        var endless = new InputStream() {
            private int largest;

            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                largest = Math.max(largest, length);
                java.util.Arrays.fill(bytes, offset, offset + length, (byte) 'x');
                return length;
            }
        };
        assertThat(new ImapReader(endless).next(policy))
                .isEqualTo(new Input.Refused(Optional.empty(), "", Input.Reason.FLOOD));
        assertThat(endless.largest).isLessThanOrEqualTo(2 * ImapReader.LONGEST_LINE);
        assertThat(new ImapReader(new java.io.SequenceInputStream(
                                new ByteArrayInputStream(
                                        "a APPEND b {99999999999+}\r\n".getBytes(StandardCharsets.US_ASCII)),
                                endless))
                        .next(policy))
                .isEqualTo(new Input.Refused(Optional.of("a"), "APPEND", Input.Reason.FLOOD));
    }

    /** However the octets arrive, the same commands come out. */
    @Test
    void cuttingTheStreamMakesNoDifference() throws IOException {
        var text = "a1 NOOP\r\na2 LOGIN {5}\r\nalice {6+}\r\nsecret\r\na3 APPEND x {7+}\r\n1234567\r\na4 X "
                + "y".repeat(70_000) + "{3}\r\na5 LIST \"\" {1}\r\n*\r\n";
        var whole = all(over(text));
        assertThat(whole).hasSize(6);
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
            var most = 1 + random.nextInt(round % 2 == 0 ? 3 : 3000);
            assertThat(all(new ImapReader(new InputStream() {
                        @Override
                        public int read() {
                            return bytes.read();
                        }

                        @Override
                        public int read(byte[] into, int offset, int length) {
                            return bytes.read(into, offset, Math.min(length, 1 + random.nextInt(most)));
                        }
                    })))
                    .isEqualTo(whole);
        }
    }

    private List<String> all(ImapReader reader) throws IOException {
        var all = new ArrayList<String>();
        do {
            all.add(next(reader));
            reader.release();
        } while (!all.getLast().equals("end"));
        return all;
    }
}
