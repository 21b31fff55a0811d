package org.merpati.lib.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandReaderTest {
    static CommandReader over(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new CommandReader(bytes, 0, bytes.length);
    }

    @Test
    void aQuotedStringHasTwoEscapes() {
        assertThat(over("\"a \\\"b\\\" \\\\ c\"").text()).isEqualTo("a \"b\" \\ c");
        assertThatThrownBy(() -> over("\"a\\b\"").text()).hasMessageContaining("offset 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"", "\"abc", "\"a\0b\"", "{3}\r\na\0b", "{9}\r\nabc", "{3}abc", "{-1}\r\n", "(", "", " x"})
    void whatIsNoStringIsASyntaxError(String text) {
        assertThatThrownBy(() -> over(text).text()).isInstanceOf(ImapSyntaxException.class);
    }

    @Test
    void textMustBeUtf8() {
        var bytes = new byte[] {'"', (byte) 0xc3, '"'};
        assertThatThrownBy(() -> new CommandReader(bytes, 0, 3).text()).hasMessageContaining("UTF-8");
    }

    @Test
    void sequenceSetsReadAsTheyAreWritten() {
        var set = over("1,5:3,*,4:*,4294967295").messages();
        assertThat(set.ranges())
                .containsExactly(
                        new NumberRange(1, 1),
                        new NumberRange(5, 3),
                        new NumberRange(0, 0),
                        new NumberRange(4, 0),
                        new NumberRange(4_294_967_295L, 4_294_967_295L));
        var uids = over("7");
        uids.uids();
        assertThat(uids.messages()).isInstanceOf(MessageSet.UidSet.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4294967296", "99999999999", "1:", ":1", ",", "a", "1,", "-1", "**", "1::2"})
    void whatIsNoSequenceSetIsASyntaxError(String text) {
        assertThatThrownBy(() -> {
                    var in = over(text);
                    in.messages();
                    in.end();
                })
                .isInstanceOf(ImapSyntaxException.class);
    }

    @Test
    void aSetHasAtMostTenThousandRanges() {
        assertThat(over("1,".repeat(9_999) + "1").messages().ranges()).hasSize(10_000);
        assertThatThrownBy(() -> over("1,".repeat(10_000) + "1").messages()).hasMessageContaining("10000 ranges");
    }

    /** What a set prints reads as the same set. */
    @Test
    void sequenceSetsSurviveARoundTrip() {
        var random = new Random(11);
        for (int round = 0; round < 2000; round++) {
            List<NumberRange> ranges = new ArrayList<>();
            for (int i = 1 + random.nextInt(8); i > 0; i--) {
                ranges.add(new NumberRange(number(random), number(random)));
            }
            var set = new MessageSet.SequenceSet(ranges);
            assertThat(over(set.toString()).messages()).isEqualTo(set);
        }
    }

    private static long number(Random random) {
        return random.nextInt(5) == 0 ? NumberRange.STAR : 1 + random.nextLong(4_294_967_295L);
    }

    @Test
    void mailboxNamesAreDecodedAndInboxIsOneWhateverItsCase() {
        assertThat(over("iNbOx").mailbox()).isEqualTo(MailboxName.INBOX);
        assertThat(over("\"Entw&APw-rfe &- mehr\"").mailbox().text()).isEqualTo("Entwürfe & mehr");
        assertThatThrownBy(() -> over("a&b").mailbox()).hasMessageContaining("modified UTF-7 at offset 0");
        assertThatThrownBy(() -> over("\"ä\"").mailbox()).isInstanceOf(ImapSyntaxException.class);
    }
}
