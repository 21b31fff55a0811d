package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.merpati.lib.mime.Limits;

/** What is answered from what is known of messages' contents is what their rows and octets say. */
final class FetchContentsTest {
    private static final String FIELDS = "BODY.PEEK[HEADER.FIELDS (FROM SUBJECT DATE)]";

    private final RealHouse house = RealHouse.HOUSE.empty();
    private final MemoryConnection client = new MemoryConnection(house.protocol());

    @BeforeEach
    void signIn() {
        client.until("* OK");
        client.ask("l LOGIN alice@example.org secret");
    }

    @AfterEach
    void leave() {
        house.hideBlobs(false);
        client.close();
    }

    private void deliver(String message) {
        house.deliver("INBOX", "s", message.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** All octets of the answer. */
    private String answer(String command) {
        client.send("t " + command + "\r\n");
        var all = new ByteArrayOutputStream();
        while (true) {
            byte[] more = client.octets();
            assertThat(more).as(client::transcript).isNotEmpty();
            all.writeBytes(more);
            var text = all.toString(StandardCharsets.ISO_8859_1);
            if (text.endsWith("\r\n") && text.lastIndexOf("\r\nt ") == text.lastIndexOf("\r\n", text.length() - 3)) {
                return text;
            }
        }
    }

    /** Nothing in memory knows when a message was saved: rows answer all of it. */
    private String byRows(String items) {
        return answer("FETCH 1:* (" + items + " SAVEDATE)").replaceAll(" SAVEDATE \"[^\"]*\"", "");
    }

    @Test
    void memoryAndRowsAnswerTheSame() {
        var random = new Random(11);
        for (int i = 0; i < 300; i++) {
            deliver(message(random));
        }
        deliver("Subject: a\r\n" + "X: y\r\n".repeat(Limits.DEFAULT.headerFields()) + "From: b\r\n\r\ntext\r\n");
        client.ask("s SELECT INBOX");
        var lists = List.of(
                "ENVELOPE",
                "BODY",
                "UID BODYSTRUCTURE",
                "PREVIEW",
                FIELDS,
                "FLAGS BODY.PEEK[HEADER.FIELDS (content-type Content-X tO)] RFC822.SIZE",
                "BODY.PEEK[HEADER.FIELDS (subject \"list-id\")]<3.17> EMAILID",
                "BODY.PEEK[HEADER.FIELDS (subject x-a)]",
                "BODY.PEEK[HEADER.FIELDS.NOT (subject)]",
                "ENVELOPE BODYSTRUCTURE BODY PREVIEW THREADID " + FIELDS);
        for (var items : lists) {
            var answered = answer("FETCH 1:* (" + items + ")");
            assertThat(answered).as(items).isEqualTo(byRows(items)).contains("* 301 FETCH (");
            assertThat(answer("FETCH 1:* (" + items + ")")).isEqualTo(answered);
        }
    }

    /** The fields after so many octets were not located. */
    @Test
    void ofAHugeHeaderTheSameIsAnswered() {
        deliver("Subject: one\r\nX: " + "a".repeat(Limits.DEFAULT.headerSize()) + "\r\nFrom: b\r\n\r\ntext\r\n");
        client.ask("s SELECT INBOX");
        assertThat(answer("FETCH 1:* (" + FIELDS + ")"))
                .isEqualTo(byRows(FIELDS))
                .contains("Subject: one");
    }

    private static String message(Random random) {
        var end = random.nextInt(4) == 0 ? "\n" : "\r\n";
        var out = new StringBuilder();
        int fields = random.nextInt(14);
        for (int i = 0; i < fields; i++) {
            out.append(one(
                            random,
                            "Subject",
                            "SUBJECT",
                            "From",
                            "Date ",
                            "To",
                            "cc",
                            "Reply-To",
                            "List-Id",
                            "Content-X",
                            "X-A",
                            "Content-Type",
                            "Message-ID",
                            "\u00c5\u00bfubject"))
                    .append(':');
            for (int words = random.nextInt(6); words >= 0; words--) {
                out.append(one(random, " ", "", end + " ", end + "\t"))
                        .append(one(
                                random,
                                "\"A. \\\"B\" <a@b.example>,",
                                "bob@example.org (Bob)",
                                "=?utf-8?Q?Gr=C3=BC=C3=9Fe?=",
                                "Gr\u00fc\u00c3\u00bc",
                                "friends: a@b, c@d;",
                                "text/plain; charset=utf-8",
                                "multipart/mixed; boundary=b",
                                "message/rfc822",
                                "1 Nov 2026 09:08:07 +0000",
                                "\r",
                                "<1@2>",
                                ""));
            }
            out.append(one(random, end, end, end, end, "", end + "no field" + end, end + "From x@y" + end));
        }
        if (random.nextInt(5) > 0) {
            out.append(end);
        }
        return out.append(one(
                        random,
                        "text" + end,
                        "",
                        "--b" + end + "Subject: inner" + end + end + "part" + end + "--b--" + end,
                        "Subject: inside" + end + "From: a@b" + end + end + "text"))
                .toString();
    }

    private static String one(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @Test
    void theFieldsOfAnEnvelopeTakeNoMessage() {
        house.deliver("INBOX", "one");
        client.ask("s SELECT INBOX");
        house.hideBlobs(true);
        assertThat(answer("FETCH 1 " + FIELDS))
                .contains("{45}\r\nFrom: Bob <bob@example.net>\r\nSubject: one\r\n\r\n)\r\nt OK");
        assertThat(answer("FETCH 1 BODY.PEEK[HEADER.FIELDS (SUBJECT X-FOLDED)]"))
                .contains("t NO [SERVERBUG]");
    }

    /** RFC 6855 §3: what was written for one is not for the other. */
    @Test
    void clientsWithAndWithoutUtf8AreAnsweredInTheirOwnWay() {
        deliver("From: \u00c3\u00bc@b.example\r\n\r\ntext\r\n");
        client.ask("s SELECT INBOX");
        assertThat(answer("FETCH 1 ENVELOPE")).contains("((NIL NIL {2}\r\n\u00c3\u00bc \"b.example\"))");
        client.ask("u UNSELECT");
        client.ask("e ENABLE UTF8=ACCEPT");
        client.ask("s SELECT INBOX");
        assertThat(answer("FETCH 1 ENVELOPE")).contains("((NIL NIL \"\u00c3\u00bc\" \"b.example\"))");
    }

    /** Its end may be missing in the octets that were stored with it. */
    @Test
    void aHeaderWithoutEndIsLookedAtItself() {
        deliver("Subject: one\r\nFrom: a");
        client.ask("s SELECT INBOX");
        assertThat(answer("FETCH 1 " + FIELDS)).contains("{25}\r\nSubject: one\r\nFrom: a\r\n\r\n)");
        house.hideBlobs(true);
        assertThat(answer("FETCH 1 " + FIELDS)).contains("t NO [SERVERBUG]");
    }

    @Test
    void whoDoesNotPeekHasRead() {
        house.deliver("INBOX", "one");
        client.ask("s EXAMINE INBOX");
        assertThat(answer("FETCH 1 (FLAGS BODY[HEADER.FIELDS (SUBJECT)])"))
                .startsWith("* 1 FETCH (FLAGS (\\Recent) BODY[HEADER.FIELDS (SUBJECT)] {16}");
        client.ask("s SELECT INBOX");
        assertThat(answer("FETCH 1 BODY[HEADER.FIELDS (SUBJECT)]")).contains("\r\n\r\n FLAGS (\\Seen");
    }

    @Test
    void ofMessagesThatAreGoneNothingIsSaid() {
        for (var subject : List.of("one", "two", "three")) {
            house.deliver("INBOX", subject);
        }
        client.ask("s SELECT INBOX");
        var other = new MemoryConnection(house.protocol());
        other.until("* OK");
        other.ask("l LOGIN alice@example.org secret");
        other.ask("s SELECT INBOX");
        other.ask("d STORE 2 +FLAGS.SILENT (\\Deleted)");
        other.ask("e EXPUNGE");
        other.close();
        assertThat(answer("FETCH 1:3 " + FIELDS))
                .contains("* 1 FETCH", "* 3 FETCH", "t NO [EXPUNGEISSUED]")
                .doesNotContain("* 2 FETCH");
        assertThat(answer("UID FETCH 1:* PREVIEW"))
                .contains("UID 1 PREVIEW", "UID 3 PREVIEW", "t OK")
                .doesNotContain("UID 2 ");
    }
}
