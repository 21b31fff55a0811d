package org.merpati.lib.imap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.NumberRange;

/** Commands about the selected mailbox, and how it is selected. */
final class SelectedCommandsTest {
    private static final MessageSet TWO = new MessageSet.SequenceSet(List.of(new NumberRange(2, 2)));
    private static final MessageSet TO_THE_END = new MessageSet.UidSet(List.of(new NumberRange(5, 0)));

    private static ImapCommand parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var in = new CommandReader(bytes, 0, bytes.length);
        return ImapVerb.read(in).parse(in);
    }

    @Test
    void storeSaysWhatBecomesOfWhichFlags() {
        assertThat(parse("store 2 +FLAGS (\\Deleted kw)"))
                .isEqualTo(new Store(
                        TWO,
                        false,
                        Store.Action.ADD,
                        false,
                        new Flags(Set.of(Flags.SystemFlag.DELETED), Set.of("kw")),
                        OptionalLong.empty()));
        assertThat(parse("UID STORE 5:* (UNCHANGEDSINCE 12345678901) -flags.silent \\Seen"))
                .isEqualTo(new Store(
                        TO_THE_END,
                        true,
                        Store.Action.REMOVE,
                        true,
                        new Flags(Set.of(Flags.SystemFlag.SEEN), Set.of()),
                        OptionalLong.of(12_345_678_901L)));
        assertThat(parse("STORE $ FLAGS ()"))
                .isEqualTo(new Store(
                        new MessageSet.Saved(), false, Store.Action.REPLACE, false, Flags.NONE, OptionalLong.empty()));
    }

    @Test
    void copyAndMoveNameMessagesAndMailbox() {
        assertThat(parse("COPY 2 \"a b\"")).isEqualTo(new Copy(TWO, new MailboxName("a b")));
        assertThat(parse("UID MOVE 5:* inbox")).isEqualTo(new Move(TO_THE_END, MailboxName.INBOX));
    }

    @Test
    void expungeNamesUidsWhereItComesWithUid() {
        assertThat(parse("EXPUNGE")).isEqualTo(new Expunge(Optional.empty()));
        assertThat(parse("UID EXPUNGE 5:*")).isEqualTo(new Expunge(Optional.of(TO_THE_END)));
    }

    @Test
    void uidBatchesHaveASizeAndMaybeARange() {
        assertThat(parse("UIDBATCHES 2000")).isEqualTo(new UidBatches(2_000, Optional.empty()));
        assertThat(parse("uidbatches 500 7:7")).isEqualTo(new UidBatches(500, Optional.of(new PartialRange(7, 7))));
    }

    @Test
    void fetchHasModifiers() {
        assertThat(((Fetch) parse("FETCH 1 FLAGS (CHANGEDSINCE 0)")).modifiers())
                .isEqualTo(new FetchModifiers(OptionalLong.of(0), false, Optional.empty()));
        assertThat(((Fetch) parse("UID FETCH 1 (PREVIEW (LAZY) UID) (PARTIAL -1:-100 CHANGEDSINCE 7 VANISHED)"))
                        .modifiers())
                .isEqualTo(new FetchModifiers(OptionalLong.of(7), true, Optional.of(new PartialRange(-1, -100))));
    }

    /** RFC 9394 §3.1: the ends come in either order. */
    @ParameterizedTest
    @CsvSource({
        "1:10,30,0,10",
        "10:1,30,0,10",
        "25:40,30,24,30",
        "31:40,30,30,30",
        "-1:-10,30,20,30",
        "-25:-40,30,0,6",
        "-31:-40,30,0,0"
    })
    void aPartialRangeIsAWindowFromEitherEnd(String range, int size, int from, int to) {
        byte[] bytes = range.getBytes(StandardCharsets.UTF_8);
        var part = PartialRange.parse(new CommandReader(bytes, 0, bytes.length));
        assertThat(part.from(size)).isEqualTo(from);
        assertThat(part.to(size)).isEqualTo(to);
    }

    /** RFC 7162 §3.2.5. */
    @Test
    void selectSaysWhatTheClientKnows() {
        assertThat(parse("SELECT INBOX (CONDSTORE)"))
                .isEqualTo(new Select(MailboxName.INBOX, new SelectOptions(true, Optional.empty())));
        assertThat(parse("EXAMINE INBOX (QRESYNC (67890007 90060115194045000 41:211,214:541 (1,3 41,43)))"))
                .isEqualTo(new Examine(
                        MailboxName.INBOX,
                        new SelectOptions(
                                false,
                                Optional.of(new SelectOptions.Resync(
                                        67_890_007,
                                        90_060_115_194_045_000L,
                                        Optional.of(new MessageSet.UidSet(
                                                List.of(new NumberRange(41, 211), new NumberRange(214, 541)))))))));
        assertThat(((Select) parse("SELECT INBOX (QRESYNC (1 2 (3 4)))"))
                        .options()
                        .resync())
                .hasValue(new SelectOptions.Resync(1, 2, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STORE 1 FLAGS",
                "STORE 1 BODY (x)",
                "STORE 1 (UNCHANGEDSINCE) FLAGS ()",
                "STORE 1 (UNCHANGEDSINCE 9223372036854775808) FLAGS ()",
                "STORE 1 FLAGS () x",
                "STORE 0 FLAGS ()",
                "STORE 1 FLAGS (\\Recent)",
                "COPY 1",
                "COPY a b",
                "MOVE 1 a b",
                "EXPUNGE 1",
                "UID EXPUNGE",
                "FETCH 1 FLAGS (CHANGEDSINCE x)",
                "FETCH 1 FLAGS (CHANGEDSINCE 1 VANISHED)",
                "UID FETCH 1 FLAGS (VANISHED)",
                "UID FETCH 1 FLAGS (PARTIAL 0:1)",
                "UID FETCH 1 FLAGS (PARTIAL -1:1)",
                "UID FETCH 1 FLAGS ()",
                "SELECT INBOX ()",
                "SELECT INBOX (QRESYNC)",
                "SELECT INBOX (QRESYNC (0 1))",
                "SELECT INBOX (QRESYNC (1 1 1 1))",
                "SELECT INBOX (QRESYNC (1 1 (1)))",
                "SELECT INBOX (QRESYNC (1 1 1:*",
                "ENABLE",
                "UIDBATCHES",
                "UIDBATCHES x",
                "UIDBATCHES 0",
                "UIDBATCHES 500 ",
                "UIDBATCHES 500 1",
                "UIDBATCHES 500 6:",
                "UIDBATCHES 500 0:1",
                "UIDBATCHES 500 6:5",
                "UIDBATCHES 500 5:6 7",
                "UNSELECT INBOX"
            })
    void whatIsNoCommandIsASyntaxError(String text) {
        assertThatThrownBy(() -> parse(text)).as(text).isInstanceOf(ImapSyntaxException.class);
    }
}
