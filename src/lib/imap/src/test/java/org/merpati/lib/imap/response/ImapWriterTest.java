package org.merpati.lib.imap.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.mime.view.Section;

final class ImapWriterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ImapWriter writer = new ImapWriter(out);

    private String sent(Response response) throws IOException {
        out.reset();
        writer.send(response);
        writer.flush();
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void textCannotSmuggleALine() throws IOException {
        assertThat(sent(Response.Status.untagged(StatusKind.OK, "a\r\n* BYE b\0ü")))
                .isEqualTo("* OK a??* BYE b??\r\n");
    }

    @Test
    void whatIsNoAtomIsNeverWrittenAsOne() {
        assertThatThrownBy(() -> sent(new Response.Flags(List.of("a b")))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sent(new Response.Flags(List.of("\\")))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sent(new Response.Status(Optional.of("a b"), StatusKind.OK, Optional.empty(), "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** RFC 8474 §5.2. */
    @Test
    void aThreadThatIsNotKnownIsNil() throws IOException {
        assertThat(sent(new Fetched(
                        1,
                        List.of(
                                new FetchValue.ObjectId(FetchItem.Attribute.EMAILID, Optional.of("ea")),
                                new FetchValue.ObjectId(FetchItem.Attribute.THREADID, Optional.empty())))))
                .isEqualTo("* 1 FETCH (EMAILID (ea) THREADID NIL)\r\n");
    }

    @Test
    void aResponseThatFailsLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> sent(new Fetched(1, List.of(new FetchValue.FlagsValue(List.of("$ok", "a b"))))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(sent(new Response.Exists(7))).isEqualTo("* 7 EXISTS\r\n");
        var many = java.util.Collections.nCopies(10_000, "keyword");
        assertThatThrownBy(() -> sent(new Fetched(
                        1, List.of(new FetchValue.FlagsValue(many), new FetchValue.FlagsValue(List.of("a b"))))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void namesAreAtomsOrQuotedOrLiterals() throws IOException {
        assertThat(sent(new MailboxResponse.Listed(List.of(), new MailboxName("a]b"))))
                .isEqualTo("* LIST () \"/\" a]b\r\n");
        assertThat(sent(new MailboxResponse.Listed(List.of(), new MailboxName("a \"b\\"))))
                .isEqualTo("* LIST () \"/\" \"a \\\"b\\\\\"\r\n");
        assertThat(sent(new MailboxResponse.Listed(List.of(), new MailboxName("ü"))))
                .isEqualTo("* LIST () \"/\" &APw-\r\n");
        assertThat(sent(new MailboxResponse.Listed(List.of(), new MailboxName(""))))
                .isEqualTo("* LIST () \"/\" \"\"\r\n");
        assertThat(sent(new MailboxResponse.Listed(List.of(), new MailboxName("x ".repeat(600)))))
                .startsWith("* LIST () \"/\" {1200}\r\nx x ");
    }

    /** RFC 3501 §9, date-day-fixed: one digit has a space before it. */
    @Test
    void daysTakeTwoPlaces() {
        assertThat(ImapWriter.dateTime(Instant.parse("2026-02-01T00:00:00Z"))).isEqualTo(" 1-Feb-2026 00:00:00 +0000");
        assertThat(ImapWriter.dateTime(Instant.parse("2026-12-31T23:59:59.9Z")))
                .isEqualTo("31-Dec-2026 23:59:59 +0000");
    }

    private static Fetched body(Octets octets) {
        var item = new FetchItem.Body(Section.MESSAGE, FetchItem.Form.BODY, true, Optional.empty());
        return new Fetched(1, List.of(new FetchValue.BodyValue(item, Optional.of(octets))));
    }

    @Test
    void aLiteralHasTheOctetsItAnnounces() throws IOException {
        var bytes = new byte[100_000];
        Arrays.fill(bytes, (byte) 'x');
        assertThat(sent(body(Octets.of(bytes))))
                .isEqualTo("* 1 FETCH (BODY[] {100000}\r\n" + "x".repeat(100_000) + ")\r\n");
        assertThat(sent(body(new Octets(3, new ByteArrayInputStream("abcdef".getBytes(StandardCharsets.US_ASCII))))))
                .isEqualTo("* 1 FETCH (BODY[] {3}\r\nabc)\r\n");
    }

    @Test
    void aLiteralThatEndsEarlyIsNotPassedOffAsWhole() {
        assertThatThrownBy(() -> sent(body(new Octets(4, new ByteArrayInputStream(new byte[3])))))
                .isInstanceOf(CutLiteralException.class);
    }

    @Test
    void whatWaitsInTheBufferIsBoundedAndNothingIsSentTwice() throws IOException {
        var largest = new int[1];
        var total = new long[1];
        var counting = new ImapWriter(new OutputStream() {
            @Override
            public void write(int octet) {
                write(new byte[1], 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                largest[0] = Math.max(largest[0], length);
                total[0] += length;
            }
        });
        long[] numbers = new long[200_000];
        Arrays.fill(numbers, 1);
        counting.send(SearchResult.found(numbers, java.util.OptionalLong.empty()));
        counting.flush();
        counting.release();
        assertThat(total[0]).isEqualTo(8 + 400_000 + 2);
        assertThat(largest[0]).isLessThanOrEqualTo(16_384);
    }
}
