package org.merpati.core.imap.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.merpati.lib.imap.response.ImapWriter;
import org.merpati.lib.imap.response.Threads;
import org.merpati.lib.imap.response.Threads.Node;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.view.ThreadSubject;

/** RFC 5256 §3. */
final class ReferenceThreadsTest {
    private static ThreadedMessage message(long number, String id, String subject, long sent, String... references) {
        return new ThreadedMessage(number, id, List.of(references), ThreadSubject.of(subject), sent);
    }

    private static String threads(ThreadedMessage... messages) {
        return written(new ReferenceThreads().of(List.of(messages)));
    }

    private static String written(List<Node> threads) {
        try {
            var out = new ByteArrayOutputStream();
            var writer = new ImapWriter(out);
            writer.send(new Threads(threads));
            writer.flush();
            return out.toString(StandardCharsets.US_ASCII)
                    .substring("* THREAD".length())
                    .trim();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAnswerIsBelowWhatItAnswers() {
        assertThat(threads(
                        message(1, "a", "x", 1),
                        message(2, "b", "Re: x", 2, "a"),
                        message(3, "c", "Re: x", 3, "a", "b"),
                        message(4, "d", "Re: x", 4, "a"),
                        message(5, "e", "y", 5)))
                .isEqualTo("(1 (2 3)(4))(5)");
    }

    @Test
    void whatIsMissingJoinsItsAnswersAndIsNotShown() {
        // two answers to a message that is not there stay together, one alone stands for it
        assertThat(threads(
                        message(1, "a", "x", 1, "gone"),
                        message(2, "b", "z", 2, "gone"),
                        message(3, "c", "y", 3, "lost")))
                .isEqualTo("((1)(2))(3)");
        // a missing one amid a thread is left out
        assertThat(threads(message(1, "a", "x", 1), message(2, "c", "Re: x", 2, "a", "gone")))
                .isEqualTo("(1 2)");
    }

    @Test
    void aSecondMessageOfAnIdIsOneForItself() {
        assertThat(threads(message(1, "a", "x", 1), message(2, "a", "y", 2), message(3, "b", "z", 3, "a")))
                .isEqualTo("(1 3)(2)");
    }

    @Test
    void noLinkMakesALoop() {
        assertThat(threads(message(1, "a", "x", 1, "b"), message(2, "b", "y", 2, "a")))
                .isEqualTo("(2 1)");
        assertThat(threads(message(1, "a", "x", 1, "a"))).isEqualTo("(1)");
        assertThat(threads(message(1, "c", "x", 1, "a", "b", "a"), message(2, "a", "y", 2, "c")))
                .isNotEmpty();
    }

    @Test
    void aMessagesOwnLastReferenceIsItsParent() {
        // the second one says that c is below b; c itself says that it is below a
        assertThat(threads(
                        message(1, "a", "x", 1),
                        message(2, "d", "Re: x", 4, "b", "c"),
                        message(3, "b", "Re: x", 2, "a"),
                        message(4, "c", "Re: x", 3, "a")))
                .isEqualTo("(1 (3)(4 2))");
    }

    @Test
    void threadsOfOneSubjectAreMerged() {
        // a reply without references goes below the one that it seems to answer
        assertThat(threads(message(1, "a", "x", 1), message(2, "b", "Re: X", 2)))
                .isEqualTo("(1 2)");
        assertThat(threads(message(1, "a", "Re: x", 1), message(2, "b", "x", 2)))
                .isEqualTo("(2 1)");
        // two that are alike become siblings below one that is not there
        assertThat(threads(message(1, "a", "x", 1), message(2, "b", "x", 2))).isEqualTo("((1)(2))");
        assertThat(threads(message(1, "a", "Re: x", 1), message(2, "b", "Re: x", 2), message(3, "c", "fwd: x", 3)))
                .isEqualTo("((1)(2)(3))");
        // two threads whose beginnings are missing
        assertThat(threads(
                        message(1, "a", "x", 1, "p"),
                        message(2, "b", "y", 2, "p"),
                        message(3, "c", "x", 3, "q"),
                        message(4, "d", "z", 4, "q"),
                        message(5, "e", "x", 5)))
                .isEqualTo("((1)(2)(3)(4)(5))");
        // an empty subject says nothing
        assertThat(threads(message(1, "a", "", 1), message(2, "b", "Re:", 2))).isEqualTo("(1)(2)");
    }

    @Test
    void siblingsStandByTheDateTheyWereSent() {
        assertThat(threads(
                        message(1, "a", "a", 9),
                        message(2, "b", "b", 3, "a"),
                        message(3, "c", "c", 2, "a"),
                        message(4, "d", "d", 1),
                        message(5, "e", "e", 5, "gone"),
                        message(6, "f", "f", 4, "gone")))
                .isEqualTo("(4)((6)(5))(1 (3)(2))");
    }

    @Test
    void aQuotedIdIsTheSameAsThePlainOne() {
        var header = Header.read(
                bytes(
                        "Message-ID: <\"01KF8JCEOCBS0045PS\"@xxx.yyy.com>\r\nIn-Reply-To: Your message of <b@c> and <d@e>\r\n"
                                + "Subject: =?utf-8?q?Re=3A_h=C3=A9?=\r\nDate: Tue, 1 Feb 1994 00:00:01 +0100\r\n\r\n"),
                1000);
        var message = ThreadedMessage.of(3, header);
        assertThat(message.id()).isEqualTo("01KF8JCEOCBS0045PS@xxx.yyy.com");
        assertThat(message.references()).containsExactly("b@c");
        assertThat(message.subject()).isEqualTo(new ThreadSubject("hé", true));
        assertThat(ThreadedMessage.of(1, Header.read(bytes("In-Reply-To: your note\r\n\r\n"), 26))
                        .references())
                .isEmpty();
        assertThat(ThreadedMessage.unquoted("\"a\\\"b\"@c")).isEqualTo("a\"b@c");
    }

    private static byte[] bytes(String text) {
        return java.util.Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), 1000);
    }

    @Test
    void orderedSubjectThreadsHaveNoGrandchildren() {
        assertThat(written(Threader.bySubject(List.of(
                        message(1, "a", "b", 4),
                        message(2, "b", "Re: a", 3),
                        message(3, "c", "A", 5),
                        message(4, "d", "fw: B", 1),
                        message(5, "e", "a", 9, "c")))))
                .isEqualTo("(4 1)(2 (3)(5))");
    }

    /** Whatever they refer to, each message is shown once, and nothing else. */
    @Test
    void noMessageIsLostOrShownTwice() {
        var random = new Random(17);
        for (int round = 0; round < 2000; round++) {
            var messages = new ArrayList<ThreadedMessage>();
            int size = 1 + random.nextInt(12);
            for (int number = 1; number <= size; number++) {
                var references = random.ints(random.nextInt(5), 0, 14)
                        .mapToObj(Integer::toString)
                        .toList();
                messages.add(new ThreadedMessage(
                        number,
                        random.nextInt(8) == 0 ? "" : Integer.toString(random.nextInt(14)),
                        references,
                        ThreadSubject.of(
                                List.of("", "x", "Re: x", "y", "fwd: y", "z").get(random.nextInt(6))),
                        random.nextInt(6)));
            }
            var shown = new ArrayList<Long>();
            collect(new ReferenceThreads().of(messages), shown, true);
            assertThat(new TreeSet<>(shown)).hasSize(size).hasSameSizeAs(shown);
        }
    }

    private static void collect(List<Node> nodes, List<Long> shown, boolean top) {
        for (var node : nodes) {
            if (node.number() == 0) {
                assertThat(top && node.answers().size() > 1).isTrue();
            } else {
                shown.add(node.number());
            }
            collect(node.answers(), shown, false);
        }
    }

    @Test
    void aHundredThousandAnswersInOneChainAreNoTrouble() {
        var messages = new ArrayList<ThreadedMessage>();
        for (int number = 1; number <= 100_000; number++) {
            messages.add(message(number, "i" + number, "x", number, "i" + (number - 1)));
        }
        assertThat(written(new ReferenceThreads().of(messages)))
                .startsWith("(1 2 3 ")
                .endsWith(" 100000)");
        java.util.Collections.reverse(messages);
        assertThat(written(new ReferenceThreads().of(messages))).startsWith("(1 2 3 ");
    }
}
