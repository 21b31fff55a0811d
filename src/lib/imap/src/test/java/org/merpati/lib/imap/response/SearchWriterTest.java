package org.merpati.lib.imap.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.PartialRange;
import org.merpati.lib.imap.response.ExtendedResult.Item;
import org.merpati.lib.imap.response.Threads.Node;

final class SearchWriterTest {
    private static String written(Response response) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = new ImapWriter(out);
        writer.send(response);
        writer.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Node node(long number, Node... answers) {
        return new Node(number, Arrays.asList(answers));
    }

    private static List<NumberRange> set(long... numbers) {
        return NumberRange.of(LongStream.of(numbers));
    }

    @Test
    void numbersStandOneAfterTheOther() throws IOException {
        assertThat(written(SearchResult.found(new long[] {2, 5}, OptionalLong.of(917162500))))
                .isEqualTo("* SEARCH 2 5 (MODSEQ 917162500)\r\n");
        assertThat(written(SearchResult.found(new long[0], OptionalLong.empty())))
                .isEqualTo("* SEARCH\r\n");
        assertThat(written(SearchResult.sorted(new long[] {5, 3, 4}, OptionalLong.empty())))
                .isEqualTo("* SORT 5 3 4\r\n");
    }

    @Test
    void onlyWhatAscendsByOnesIsARange() {
        assertThat(NumberRange.text(set(2, 10, 11))).isEqualTo("2,10:11");
        assertThat(NumberRange.text(set(3, 2, 1, 2, 3, 9))).isEqualTo("3,2,1:3,9");
        assertThat(NumberRange.text(set())).isEmpty();
    }

    @Test
    void anExtendedResultNamesItsCommand() throws IOException {
        assertThat(written(new ExtendedResult(
                        "A\\1",
                        Optional.empty(),
                        false,
                        List.of(new Item.Min(2), new Item.Max(9), new Item.Count(3), new Item.All(set(2, 8, 9))))))
                .isEqualTo("* ESEARCH (TAG \"A\\\\1\") MIN 2 MAX 9 COUNT 3 ALL 2,8:9\r\n");
        assertThat(written(new ExtendedResult(
                        "a",
                        Optional.of(new ExtendedResult.Source(new MailboxName("Entwürfe"), 7)),
                        true,
                        List.of(new Item.Partial(new PartialRange(-1, -9), set()), new Item.ModSeq(5)))))
                .isEqualTo(
                        "* ESEARCH (TAG \"a\" MAILBOX Entw&APw-rfe UIDVALIDITY 7) UID PARTIAL (-1:-9 NIL) MODSEQ 5\r\n");
    }

    /** RFC 5256 §4. */
    @Test
    void threadsAreListsInOneAnother() throws IOException {
        assertThat(written(new Threads(List.of(
                        node(2), node(3, node(6, node(4, node(23)), node(44, node(7, node(96)))))))))
                .isEqualTo("* THREAD (2)(3 6 (4 23)(44 7 96))\r\n");
        assertThat(written(new Threads(List.of(node(0, node(3), node(5, node(1), node(2)))))))
                .isEqualTo("* THREAD ((3)(5 (1)(2)))\r\n");
        assertThat(written(new Threads(List.of()))).isEqualTo("* THREAD\r\n");
    }

    @Test
    void aLongChainIsWrittenWithoutRecursion() throws IOException {
        var chain = node(100_000);
        for (int number = 99_999; number > 0; number--) {
            chain = node(number, chain);
        }
        assertThat(written(new Threads(List.of(chain))))
                .startsWith("* THREAD (1 2 3 ")
                .endsWith(" 100000)\r\n");
    }

    @Test
    void progressNamesTheTagIfThatCanBeTold() throws IOException {
        assertThat(written(Response.Status.untagged(StatusKind.OK, new ResponseCode.InProgress("a1", 454, 1000), "x")))
                .isEqualTo("* OK [INPROGRESS (\"a1\" 454 1000)] x\r\n");
        assertThat(written(Response.Status.untagged(StatusKind.OK, new ResponseCode.InProgress("a]", 4, 10), "x")))
                .isEqualTo("* OK [INPROGRESS (NIL 4 10)] x\r\n");
    }
}
