package org.merpati.lib.imap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.merpati.lib.imap.Announced;
import org.merpati.lib.imap.Diverted;
import org.merpati.lib.imap.ImapReader;
import org.merpati.lib.imap.Input;
import org.merpati.lib.imap.LiteralAwaited;
import org.merpati.lib.imap.LiteralChoice;
import org.merpati.lib.imap.LiteralPolicy;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.mime.view.Section;

final class AppendTest {
    private static final LiteralPolicy POLICY = new LiteralPolicy() {
        @Override
        public LiteralChoice decide(Announced literal) {
            var in = literal.soFar();
            in.tag();
            try {
                var unused = ImapVerb.read(in.space()).parse(in);
            } catch (LiteralAwaited awaited) {
                return awaited.message()
                        ? new LiteralChoice.Divert((octets, offset, length) -> {})
                        : LiteralChoice.KEEP;
            }
            throw new AssertionError("a literal where there is none");
        }

        @Override
        public void invite() {}
    };

    private static ImapCommand parse(String text) {
        try {
            var octets = ("t " + text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            var command = ((Input.Whole) new ImapReader(new ByteArrayInputStream(octets)).next(POLICY)).command();
            command.tag();
            return ImapVerb.read(command.space()).parse(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessagePart text(int number, int at, long size) {
        return new MessagePart.Text(new Diverted(number, at, size, false), false);
    }

    @Test
    void severalMessagesEachWithItsFlagsAndDate() {
        assertThat(parse("APPEND {2}\r\nab (\\Seen x) \" 7-Feb-1994 22:43:04 -0800\" {3}\r\nabc {1+}\r\nd"))
                .isEqualTo(new Append(
                        new MailboxName("ab"),
                        List.of(
                                new AppendedMessage(
                                        new Flags(Set.of(Flags.SystemFlag.SEEN), Set.of("x")),
                                        Optional.of(Instant.parse("1994-02-08T06:43:04Z")),
                                        List.of(text(0, 61, 3))),
                                new AppendedMessage(Flags.NONE, Optional.empty(), List.of(text(1, 68, 1))))));
    }

    @Test
    void piecesOfTheClientAndOfTheServer() {
        assertThat(parse("APPEND x CATENATE (URL /a/;UID=1 TEXT {3}\r\nabc URL {2}\r\nuv UTF8 (~{1}\r\ny))"))
                .isEqualTo(new Append(
                        new MailboxName("x"),
                        List.of(new AppendedMessage(
                                Flags.NONE,
                                Optional.empty(),
                                List.of(
                                        new MessagePart.Url("/a/;UID=1"),
                                        text(0, 45, 3),
                                        new MessagePart.Url("uv"),
                                        new MessagePart.Text(new Diverted(1, 70, 1, true), true))))));
    }

    @Test
    void replaceNamesOneMessage() {
        assertThat(parse("REPLACE 4 Drafts {3}\r\nabc").toString()).contains("replaced=4");
        assertThat(parse("REPLACE * Drafts {3}\r\nabc"))
                .isEqualTo(new Replace(
                        new MessageSet.SequenceSet(List.of(new NumberRange(NumberRange.STAR, NumberRange.STAR))),
                        new MailboxName("Drafts"),
                        new AppendedMessage(Flags.NONE, Optional.empty(), List.of(text(0, 24, 3)))));
        assertThat(((Replace) parse("UID REPLACE 4 x {3}\r\nabc")).replaced())
                .isEqualTo(new MessageSet.UidSet(List.of(new NumberRange(4, 4))));
        assertThatThrownBy(() -> parse("REPLACE 1:2 x {3}\r\nabc")).hasMessage("expected a space at offset 11");
        assertThatThrownBy(() -> parse("REPLACE 1 x {3}\r\nabc {3}\r\nabc"))
                .hasMessage("expected the end of the command at offset 19");
    }

    @Test
    void aDateIsExact() {
        assertThat(date("17-Jul-1996 02:44:25 -0700")).isEqualTo(Instant.parse("1996-07-17T09:44:25Z"));
        assertThat(date(" 1-jan-2026 00:00:00 +0530")).isEqualTo(Instant.parse("2025-12-31T18:30:00Z"));
        assertThat(date("1-Jan-2026 00:00:00 +0000")).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(date("31-Dec-2016 23:59:60 +0000")).isEqualTo(Instant.parse("2016-12-31T23:59:59Z"));
        assertThat(date("29-Feb-2024 00:00:00 +0000")).isEqualTo(Instant.parse("2024-02-29T00:00:00Z"));
        for (var wrong : List.of(
                "",
                "29-Feb-2023 00:00:00 +0000",
                "00-Jan-2023 00:00:00 +0000",
                "01-Foo-2023 00:00:00 +0000",
                "01-Jan-23 00:00:00 +0000",
                "01-Jan-2023 24:00:00 +0000",
                "01-Jan-2023 00:60:00 +0000",
                "01-Jan-2023 00:00:61 +0000",
                "01-Jan-2023 00:00:00 +0060",
                "01-Jan-2023 00:00:00 +1900",
                "01-Jan-2023 00:00:00 UTC",
                "01-Jan-2023 00:00:00",
                "01-Jan-2023 00:00:00 +0000 x")) {
            assertThatThrownBy(() -> date(wrong))
                    .as(wrong)
                    .hasMessage("expected a date and time as \"17-Jul-1996 02:44:25 -0700\" at offset 11");
        }
    }

    private static Instant date(String text) {
        var append = (Append) parse("APPEND x \"" + text + "\" {1+}\r\nx");
        return append.messages().getFirst().received().orElseThrow();
    }

    @Test
    void aUrlIsOfTheSelectedMailboxOrOfTheRoot() {
        var selected = Optional.of(new MailboxName("lists/a"));
        assertThat(MessageUrl.parse(";UID=3", selected)).hasValue(url("lists/a", 3));
        assertThat(MessageUrl.parse("b%20c/;uid=3", selected)).hasValue(url("lists/b c", 3));
        assertThat(MessageUrl.parse("/inbox/;UID=3", selected)).hasValue(url("INBOX", 3));
        assertThat(MessageUrl.parse("/%C3%A4/b/;UID=3", selected)).hasValue(url("ä/b", 3));
        assertThat(MessageUrl.parse("b/;UID=3", Optional.empty())).hasValue(url("b", 3));
        assertThat(MessageUrl.parse(";UID=3", Optional.empty())).isEmpty();
        assertThat(MessageUrl.parse("/b;UIDVALIDITY=7/;UID=3/;section=1.2.TEXT/;partial=5.10", selected))
                .hasValue(new MessageUrl(
                        new MailboxName("b"),
                        OptionalLong.of(7),
                        3,
                        new Section(List.of(1, 2), Section.Whole.TEXT),
                        5,
                        10));
        for (var wrong : List.of(
                "",
                "/b",
                "/;UID=3",
                "/b/;UID=0",
                "/b/;UID=3/;SECTION=",
                "/b/;UID=3/;SECTION=x",
                "/b/;UID=3/;SECTION=1]",
                "/b/;UID=3;URLAUTH=anonymous:internal:0123",
                "/%/;UID=3",
                "/%ff/;UID=3",
                "imap://h/b/;UID=3",
                "//h/b/;UID=3",
                "/b?SUBJECT%20x")) {
            assertThat(MessageUrl.parse(wrong, selected)).as(wrong).isEmpty();
        }
    }

    private static MessageUrl url(String mailbox, long uid) {
        return new MessageUrl(new MailboxName(mailbox), OptionalLong.empty(), uid, Section.MESSAGE, 0, Long.MAX_VALUE);
    }
}
