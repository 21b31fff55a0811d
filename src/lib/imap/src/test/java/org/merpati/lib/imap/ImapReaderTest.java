package org.merpati.lib.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.merpati.lib.imap.command.Append;
import org.merpati.lib.imap.command.ImapVerb;

final class ImapReaderTest {
    private final List<String> invited = new ArrayList<>();
    private final List<String> announced = new ArrayList<>();
    private final StringBuilder sink = new StringBuilder();
    private int largestBlock;
    private final LiteralPolicy policy = new LiteralPolicy() {
        private String last = "";

        @Override
        public LiteralChoice decide(Announced literal) {
            last = literal.verb() + " " + (literal.kept() + literal.size());
            announced.add((literal.binary() ? "~" : "") + literal.size() + (literal.synchronizing() ? "" : "+"));
            if (literal.verb().equals("PUT")) {
                return new LiteralChoice.Divert((octets, offset, length) -> {
                    largestBlock = Math.max(largestBlock, length);
                    sink.append(new String(octets, offset, length, StandardCharsets.ISO_8859_1));
                });
            }
            return !literal.verb().equals("APPEND") && literal.kept() + literal.size() <= 10_000
                    ? LiteralChoice.KEEP
                    : LiteralChoice.REFUSE;
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
        var reader = over("a APPEND x {100}\r\nb APPEND x {9+}\r\nc NOOP\r\n\r\nd LOGIN {10001+}\r\n"
                + "x".repeat(10_001) + " {3+}\r\nabc\r\ne NOOP\r\n");
        assertThat(next(reader)).isEqualTo("a|APPEND|LITERAL");
        assertThat(next(reader)).isEqualTo("b|APPEND|LITERAL");
        assertThat(next(reader)).isEqualTo("d|LOGIN|LITERAL");
        assertThat(next(reader)).isEqualTo("e|NOOP");
        assertThat(invited).isEmpty();
    }

    /** Only what comes after the announcement that was refused is looked at. */
    @Test
    void aRefusedLiteralAfterOneThatWasKeptEndsTheCommand() throws IOException {
        var reader = over("a X {2}\r\nab {3} {10001+}\r\n" + "x".repeat(10_001) + "\r\nb NOOP\r\n");
        assertThat(next(reader)).isEqualTo("a|X|LITERAL");
        assertThat(next(reader)).isEqualTo("b|NOOP");
    }

    @Test
    void aDivertedLiteralLeavesAReferenceWhereItsOctetsStood() throws IOException {
        var reader = over("a PUT {3}\r\n\r\n{ ~{3+}\r\n\0bc {2}\r\nde end\r\nb NOOP\r\n");
        var command = ((Input.Whole) reader.next(policy)).command();
        assertThat(command.tag()).isEqualTo("a");
        command.space().word("a verb");
        assertThat(command.space().message(false)).isEqualTo(new Diverted(0, 11, 3, false));
        assertThat(command.space().message(true)).isEqualTo(new Diverted(1, 19, 3, true));
        assertThat(command.space().message(false)).isEqualTo(new Diverted(2, 25, 2, false));
        assertThat(command.space().word("a word")).isEqualTo("END");
        command.end();
        assertThat(sink).hasToString("\r\n{\0bcde");
        assertThat(announced).containsExactly("3", "~3+", "2");
        assertThat(invited).hasSize(2);
        assertThat(next(reader)).isEqualTo("b|NOOP");
    }

    @Test
    void aDivertedLiteralIsNoStringAndAStringIsNoMessage() throws IOException {
        var put = ((Input.Whole) over("a PUT {2}\r\nxy\r\n").next(policy)).command();
        put.tag();
        put.space().word("a verb");
        put.space();
        assertThatThrownBy(put::string).hasMessage("expected a literal of 2 octets at offset 11");
        var kept = ((Input.Whole) over("a X {2}\r\nxy\r\n").next(policy)).command();
        kept.tag();
        kept.space().word("a verb");
        kept.space();
        assertThatThrownBy(() -> kept.message(false)).hasMessage("expected a message at offset 9");
    }

    @Test
    void aLargeLiteralPassesInBlocks() throws IOException {
        var reader = over("a PUT {5000000+}\r\n" + "z".repeat(5_000_000) + "\r\nb NOOP\r\n");
        assertThat(next(reader)).isEqualTo("a|PUT");
        assertThat(next(reader)).isEqualTo("b|NOOP");
        assertThat(sink).hasSize(5_000_000);
        assertThat(largestBlock).isLessThanOrEqualTo(32_768);
    }

    @Test
    void aStreamThatEndsAmidADivertedLiteralEnds() throws IOException {
        assertThat(next(over("a PUT {10}\r\nabc"))).isEqualTo("end");
        assertThat(sink).hasToString("abc");
    }

    /** What a policy learns of a command that is not whole. */
    @Test
    void theCommandSoFarIsParsedUpToTheAnnouncement() throws IOException {
        var seen = new ArrayList<String>();
        var policy = new LiteralPolicy() {
            @Override
            public LiteralChoice decide(Announced literal) {
                var in = literal.soFar();
                in.tag();
                try {
                    var unused = ImapVerb.read(in.space()).parse(in);
                } catch (LiteralAwaited e) {
                    seen.add(e.getMessage());
                    return e.message() ? new LiteralChoice.Divert((octets, offset, length) -> {}) : LiteralChoice.KEEP;
                } catch (ImapSyntaxException e) {
                    seen.add(e.getMessage());
                }
                return LiteralChoice.REFUSE;
            }

            @Override
            public void invite() {}
        };
        var command = ((Input.Whole)
                        over("a APPEND {5}\r\nINBOX (\\Seen) {3}\r\nabc CATENATE (URL {1}\r\nx TEXT {2}\r\nab)\r\n")
                                .next(policy))
                .command();
        command.tag();
        assertThat(ImapVerb.read(command.space()).parse(command)).isInstanceOf(Append.class);
        assertThat(seen)
                .containsExactly(
                        "a string is awaited", "a message is awaited", "a string is awaited", "a message is awaited");
        assertThat(over("a APPEND INBOX (\\Recent) {3}\r\n").next(policy)).isInstanceOf(Input.Refused.class);
        assertThat(seen).last().isEqualTo("expected a flag that a client can set at offset 16");
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
        var text = "a1 NOOP\r\na0 PUT {5}\r\n12345 {20000+}\r\n" + "w".repeat(20_000)
                + "\r\na2 LOGIN {5}\r\nalice {6+}\r\nsecret\r\na3 APPEND x {7+}\r\n1234567\r\na4 X "
                + "y".repeat(70_000) + "{3}\r\na5 LIST \"\" {1}\r\n*\r\n";
        var whole = all(over(text));
        assertThat(whole).hasSize(7);
        var diverted = sink.toString();
        sink.setLength(0);
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
            assertThat(sink).hasToString(diverted);
            sink.setLength(0);
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
