package org.merpati.lib.imap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.SearchKey.Flag;
import org.merpati.lib.imap.command.SearchKey.Order;
import org.merpati.lib.imap.command.SearchKey.Which;
import org.merpati.lib.imap.command.SearchReturn.Option;

final class SearchParseTest {
    private static ImapCommand parse(byte[] bytes) {
        var in = new CommandReader(bytes, 0, bytes.length);
        var command = ImapVerb.read(in).parse(in);
        assertThat(in.atEnd()).isTrue();
        return command;
    }

    private static ImapCommand parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SearchKey key(String text) {
        return ((Search) parse("SEARCH " + text)).program().key();
    }

    private static SearchKey not(SearchKey key) {
        return new SearchKey.Not(key);
    }

    private static SearchKey uids(long first, long last) {
        return new SearchKey.Numbers(new MessageSet.UidSet(List.of(new NumberRange(first, last))));
    }

    private static DynamicTest reads(String text, SearchKey expected) {
        return DynamicTest.dynamicTest(text, () -> assertThat(key(text)).isEqualTo(expected));
    }

    @TestFactory
    Stream<DynamicTest> keys() {
        var day = LocalDate.of(1994, 2, 1);
        return Stream.of(
                reads("ALL", new SearchKey.All()),
                reads("answered", Flag.ANSWERED),
                reads("DELETED", Flag.DELETED),
                reads("DRAFT", Flag.DRAFT),
                reads("FLAGGED", Flag.FLAGGED),
                reads("RECENT", Flag.RECENT),
                reads("SEEN", Flag.SEEN),
                reads("UNANSWERED", not(Flag.ANSWERED)),
                reads("UNDELETED", not(Flag.DELETED)),
                reads("UNDRAFT", not(Flag.DRAFT)),
                reads("UNFLAGGED", not(Flag.FLAGGED)),
                reads("UNSEEN", not(Flag.SEEN)),
                reads("NEW", new SearchKey.And(List.of(Flag.RECENT, not(Flag.SEEN)))),
                reads("OLD", not(Flag.RECENT)),
                reads("KEYWORD $Junk", new SearchKey.Keyword("$Junk")),
                reads("UNKEYWORD x", not(new SearchKey.Keyword("x"))),
                reads("BEFORE 1-feb-1994", new SearchKey.Dated(Which.RECEIVED, Order.BEFORE, day)),
                reads("ON \"01-Feb-1994\"", new SearchKey.Dated(Which.RECEIVED, Order.ON, day)),
                reads("SINCE 1-Feb-1994", new SearchKey.Dated(Which.RECEIVED, Order.SINCE, day)),
                reads("SENTBEFORE 1-Feb-1994", new SearchKey.Dated(Which.SENT, Order.BEFORE, day)),
                reads("SENTON 1-Feb-1994", new SearchKey.Dated(Which.SENT, Order.ON, day)),
                reads("SENTSINCE 1-Feb-1994", new SearchKey.Dated(Which.SENT, Order.SINCE, day)),
                reads("SAVEDBEFORE 1-Feb-1994", new SearchKey.Dated(Which.SAVED, Order.BEFORE, day)),
                reads("SAVEDON 1-Feb-1994", new SearchKey.Dated(Which.SAVED, Order.ON, day)),
                reads("SAVEDSINCE 1-Feb-1994", new SearchKey.Dated(Which.SAVED, Order.SINCE, day)),
                reads("SAVEDATESUPPORTED", new SearchKey.SaveDateSupported()),
                reads("OLDER 60", new SearchKey.Within(true, 60)),
                reads("YOUNGER 259200", new SearchKey.Within(false, 259200)),
                reads("LARGER 5000000000", new SearchKey.Larger(5_000_000_000L)),
                reads("SMALLER 0", new SearchKey.Smaller(0)),
                reads("FROM bob", new SearchKey.Addresses("From", "bob")),
                reads("TO bob", new SearchKey.Addresses("To", "bob")),
                reads("CC bob", new SearchKey.Addresses("Cc", "bob")),
                reads("BCC bob", new SearchKey.Addresses("Bcc", "bob")),
                reads("SUBJECT \"a \\\"b\\\"\"", new SearchKey.Field("Subject", "a \"b\"")),
                reads("HEADER x-y \"\"", new SearchKey.Field("x-y", "")),
                reads("BODY {3}\r\nfür".replace("{3}", "{4}"), new SearchKey.Body("für")),
                reads("TEXT x]", new SearchKey.Text("x]")),
                reads("MODSEQ 620162338", new SearchKey.ModSeq(620162338)),
                reads("MODSEQ \"/flags/\\\\draft\" all 7", new SearchKey.ModSeq(7)),
                reads("MODSEQ 9223372036854775807", new SearchKey.ModSeq(Long.MAX_VALUE)),
                reads("EMAILID M6d99ac3275bb4e", new SearchKey.EmailId("M6d99ac3275bb4e")),
                reads("THREADID T64b478a75b7ea9", new SearchKey.ThreadId("T64b478a75b7ea9")),
                reads("UID 7", uids(7, 7)),
                reads("UID $", new SearchKey.Numbers(new MessageSet.Saved())),
                reads("$", new SearchKey.Numbers(new MessageSet.Saved())),
                reads("UIDAFTER 25000", uids(25001, 4294967295L)),
                reads("UIDAFTER 4294967295", not(new SearchKey.All())),
                reads("UIDBEFORE 7", uids(1, 6)),
                reads("UIDBEFORE 1", not(new SearchKey.All())),
                reads(
                        "3:*,5",
                        new SearchKey.Numbers(
                                new MessageSet.SequenceSet(List.of(new NumberRange(3, 0), new NumberRange(5, 5))))),
                reads("OR SEEN OR 1 ALL", new SearchKey.Or(List.of(Flag.SEEN, key("1"), new SearchKey.All()))),
                reads("NOT (SEEN DRAFT)", not(new SearchKey.And(List.of(Flag.SEEN, Flag.DRAFT)))));
    }

    /** RFC 5267 §4, RFC 5465 §7. */
    @Test
    void updateMaySayWhatIsToBeToldOfNewMessages() {
        var items = List.<FetchItem>of(FetchItem.Attribute.UID, FetchItem.Attribute.FLAGS);
        for (var update : List.of("UPDATE (UID FLAGS)", "update(uid flags uid)")) {
            assertThat(((Search) parse("SEARCH RETURN (COUNT " + update + " CONTEXT) ALL")).result())
                    .hasValue(new SearchReturn(
                            Set.of(Option.COUNT, Option.UPDATE, Option.CONTEXT), Optional.empty(), items));
        }
        assertThat(((Search) parse("SEARCH RETURN (UPDATE) ALL")).result())
                .hasValue(new SearchReturn(Set.of(Option.UPDATE), Optional.empty()));
    }

    @Test
    void sequenceNumbersStayWhatTheyAreInAUidSearch() {
        assertThat(((Search) parse("UID SEARCH 1:2")).program().key())
                .isEqualTo(new SearchKey.Numbers(new MessageSet.SequenceSet(List.of(new NumberRange(1, 2)))));
        assertThat(((Search) parse("UID SEARCH UID 1:2")).program().key()).isEqualTo(uids(1, 2));
    }

    @Test
    void whatIsNoKeyIsASyntaxError() {
        for (var text : List.of(
                "",
                "NONSENSE",
                "ALL ",
                "(ALL",
                "()",
                "NOT",
                "OR ALL",
                "KEYWORD \\Seen",
                "BEFORE 31-Feb-1994",
                "BEFORE 1-Foo-1994",
                "BEFORE 1-anf-1994",
                "BEFORE 1-Feb-94",
                "BEFORE 1/Feb/1994",
                "OLDER 0",
                "LARGER -1",
                "SMALLER 9223372036854775808",
                "UID x",
                "UIDAFTER *",
                "MODSEQ \"/flags/x\" 7",
                "MODSEQ \"/flags/x\" some 7",
                "HEADER \"a b\" c",
                "HEADER \"\" c",
                "FROM",
                "0",
                "1:",
                "RETURN (MIN",
                "RETURN MIN ALL",
                "RETURN (NONE) ALL",
                "RETURN (UPDATE ()) ALL",
                "RETURN (CONTEXTS COUNT) ALL",
                "RETURN (ALL PARTIAL 1:2) ALL",
                "RETURN (PARTIAL 1:2 PARTIAL 1:2) ALL",
                "RETURN (PARTIAL 1:*) ALL",
                "RETURN (PARTIAL -1:2) ALL",
                "RETURN (PARTIAL 0:2) ALL",
                "RETURN ()ALL",
                "CHARSET UTF-8")) {
            assertThatThrownBy(() -> parse("SEARCH " + text)).as(text).isInstanceOf(ImapSyntaxException.class);
        }
    }

    @Test
    void keysNestAndAreManyToALimit() {
        assertThat(key("(".repeat(20) + "ALL" + ")".repeat(20))).isEqualTo(new SearchKey.All());
        assertThatThrownBy(() -> key("(".repeat(21) + "ALL" + ")".repeat(21))).hasMessageContaining("20 parentheses");
        assertThat(((SearchKey.Or) key("OR SEEN ".repeat(99) + "SEEN")).keys()).hasSize(100);
        assertThatThrownBy(() -> key("OR SEEN ".repeat(100) + "SEEN")).hasMessageContaining("100 keys");
        assertThatThrownBy(() -> key("NOT ".repeat(101) + "SEEN")).hasMessageContaining("100 keys");
        assertThatThrownBy(() -> key("SEEN ".repeat(100) + "SEEN")).hasMessageContaining("100 keys");
    }

    @Test
    void textComesInItsCharset() throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.write("SEARCH CHARSET koi8-r TEXT {6}\r\n".getBytes(StandardCharsets.US_ASCII));
        bytes.write("отпуск".getBytes(Charset.forName("KOI8-R")));
        assertThat(parse(bytes.toByteArray()))
                .isEqualTo(new Search(false, Optional.empty(), new SearchProgram(true, new SearchKey.Text("отпуск"))));
        assertThat(parse("SEARCH CHARSET US-ASCII TEXT {4}\r\nfür"))
                .isEqualTo(parse("SEARCH CHARSET UTF-8 TEXT {4}\r\nfür"));
        assertThat(((Search) parse("SEARCH RETURN (SAVE) CHARSET x-nobody-knows ((("))
                        .program()
                        .readable())
                .isFalse();
        assertThatThrownBy(() -> parse(new byte[] {'S', 'E', 'A', 'R', 'C', 'H', ' ', 'T', 'O', ' ', '"', -1, '"'}))
                .hasMessageContaining("text in UTF-8");
    }

    @Test
    void returnOptionsStandInAnyOrder() {
        assertThat(((Search) parse("SEARCH RETURN (COUNT min PARTIAL -100:-1) ALL")).result())
                .hasValue(new SearchReturn(Set.of(Option.MIN, Option.COUNT), Optional.of(new PartialRange(-1, -100))));
        assertThat(((Search) parse("SEARCH RETURN () ALL")).result()).hasValue(SearchReturn.ALL);
        assertThat(((Search) parse("SEARCH RETURN (SAVE) ALL"))
                        .result()
                        .orElseThrow()
                        .wantsResponse())
                .isFalse();
        assertThat(((Search) parse("SEARCH ALL")).result()).isEmpty();
    }

    @Test
    void aPartialRangeIsCutToWhatThereIs() {
        var first = new PartialRange(3, 5);
        var last = new PartialRange(-3, -5);
        assertThat(first).hasToString("3:5");
        assertThat(last).hasToString("-3:-5");
        for (int results = 0; results < 8; results++) {
            assertThat(List.of(first.from(results), first.to(results)))
                    .isEqualTo(List.of(Math.min(2, results), Math.min(5, results)));
            assertThat(List.of(last.from(results), last.to(results)))
                    .isEqualTo(List.of(Math.max(0, results - 5), Math.max(0, results - 2)));
        }
        assertThat(new PartialRange(1, 4_294_967_295L).to(3)).isEqualTo(3);
    }

    @Test
    void sortNamesItsCriteriaAndCharset() {
        assertThat(parse("UID SORT RETURN (COUNT) (SUBJECT REVERSE DATE displayfrom) UTF-8 SEEN"))
                .isEqualTo(new Sort(
                        true,
                        Optional.of(new SearchReturn(Set.of(Option.COUNT), Optional.empty())),
                        List.of(
                                new Sort.Criterion(Sort.By.SUBJECT, false),
                                new Sort.Criterion(Sort.By.DATE, true),
                                new Sort.Criterion(Sort.By.DISPLAYFROM, false)),
                        new SearchProgram(true, Flag.SEEN)));
        for (var text :
                List.of("() UTF-8 ALL", "(DATE) ALL", "(REVERSE) UTF-8 ALL", "(NONE) UTF-8 ALL", "DATE UTF-8 ALL")) {
            assertThatThrownBy(() -> parse("SORT " + text)).as(text).isInstanceOf(ImapSyntaxException.class);
        }
    }

    @Test
    void threadNamesItsAlgorithmAndCharset() {
        assertThat(parse("THREAD references \"UTF-8\" SEEN"))
                .isEqualTo(
                        new ThreadSearch(false, ThreadSearch.Algorithm.REFERENCES, new SearchProgram(true, Flag.SEEN)));
        assertThatThrownBy(() -> parse("THREAD REFS UTF-8 ALL")).isInstanceOf(ImapSyntaxException.class);
    }

    @Test
    void aSearchOfSeveralMailboxesNamesThem() {
        assertThat(
                        parse(
                                "ESEARCH IN (selected mailboxes folder1 subtree (a \"b c\") subtree-one d) RETURN (COUNT) SEEN"))
                .isEqualTo(new MultiSearch(
                        List.of(
                                MailboxFilter.Group.SELECTED,
                                new MailboxFilter.Named(List.of(new MailboxName("folder1"))),
                                new MailboxFilter.Subtree(List.of(new MailboxName("a"), new MailboxName("b c")), false),
                                new MailboxFilter.Subtree(List.of(new MailboxName("d")), true)),
                        new SearchReturn(Set.of(Option.COUNT), Optional.empty()),
                        new SearchProgram(true, Flag.SEEN)));
        assertThat(parse("ESEARCH SEEN"))
                .isEqualTo(new MultiSearch(
                        List.of(MailboxFilter.Group.SELECTED), SearchReturn.ALL, new SearchProgram(true, Flag.SEEN)));
        for (var text : List.of("IN () ALL", "IN (selected-delayed) ALL", "IN (mailboxes) ALL", "IN personal ALL")) {
            assertThatThrownBy(() -> parse("ESEARCH " + text)).as(text).isInstanceOf(ImapSyntaxException.class);
        }
    }
}
