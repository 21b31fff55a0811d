package org.merpati.launch.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thunderbird, with compression, IDLE and names of mailboxes in UTF-8. With CONDSTORE it may go on showing a message after an
 * EXPUNGE that IDLE brought, so that what comes unasked is tried as it comes by default: without.
 */
class ThunderbirdTest {
    private static final long PATIENCE_SECONDS = 60;
    private static final List<byte[]> LETTERS = Letters.of("first", 16);

    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource
    void bothSidesBecomeAndStayTheSame(Security security) throws Exception {
        var program = Program.installed("thunderbird", "thunderbird", home);
        var house = MailHouse.shared();
        var address = house.account("bird");
        var expected = new Expected();
        try (var imap = house.imap(address)) {
            imap.say("ENABLE UTF8=ACCEPT");
            fill(imap, expected);
            try (var thunderbird = Thunderbird.start(program, house, address, security, true)) {
                become("the first copy", () -> near(thunderbird), expected.state());

                doHere(thunderbird, expected);
                become("what was done here", () -> far(imap), expected.state());
                become("and is seen here", () -> near(thunderbird), expected.state());

                doThere(imap, expected, Letters.of("far", 2));
                become("what was done there", () -> near(thunderbird), expected.state());
                assertThat(mailboxes(imap))
                        .contains("Letters/Gr\u00fc\u00dfe/\u65e5\u672c", "Neu & gr\u00fcn/\u00dcber", "There/Child")
                        .doesNotContain("Bills & more", "Gr\u00fc\u00dfe")
                        .containsExactlyInAnyOrderElementsOf(
                                thunderbird.state(ThunderbirdTest::form).keySet());
                assertThat(thunderbird.refusals()).isEmpty();
            }

            imap.say("SELECT INBOX");
            imap.say("STORE 1 +FLAGS (\\Answered $label5)");
            expected.put("INBOX", LETTERS.get(1), "\\Answered", "\\Seen", "$label5");
            imap.say("STORE 2 +FLAGS (\\Deleted)");
            imap.say("EXPUNGE");
            expected.remove("INBOX", LETTERS.get(2));
            var late = Letters.of("late", 2).getLast();
            imap.append("INBOX", "\\Flagged", late);
            expected.put("INBOX", late, "\\Flagged");
            try (var thunderbird = Thunderbird.start(program, house, address, security, true)) {
                become("what was done meanwhile", () -> near(thunderbird), expected.state());
                assertThat(far(imap)).as("nothing is left to be done").isEqualTo(expected.state());
            }
        }
    }

    @Test
    void whatTheServerKnowsIsAskedForAndTold() throws Exception {
        var program = Program.installed("thunderbird", "thunderbird", home);
        var house = MailHouse.shared();
        var address = house.account("bird");
        var big = Letters.text(
                "Message-ID: <big@example.net>\r\nSubject: big\r\n\r\n" + "0123456789\r\n".repeat(400_000));
        try (var imap = house.imap(address)) {
            for (var letter : LETTERS) {
                imap.append("INBOX", "", letter);
            }
            imap.append("INBOX", "", big);
            try (var thunderbird = Thunderbird.start(program, house, address, Security.TLS, false)) {
                become("all", () -> near(thunderbird).get("INBOX"), imap.messages("INBOX", ThunderbirdTest::form));
                for (var use : List.of("Archive", "Drafts", "Junk", "Trash")) {
                    assertThat(thunderbird.call("special", use).asText()).isEqualTo(use);
                }
                assertThat(thunderbird.call("special", "Sent").asText()).isEqualTo("SentMail");

                assertThat(form(Thunderbird.octets(thunderbird.call("online", "INBOX", "big@example.net"))))
                        .as("fetched in parts")
                        .isEqualTo(form(big));

                assertThat(thunderbird.call("search", "INBOX", "Body", "K\u00f6ln, \u65e5\u672c\u8a9e"))
                        .map(found -> found.asText())
                        .containsExactlyInAnyOrder(identifier(1), identifier(11), identifier(6));
                assertThat(thunderbird.call("search", "INBOX", "Subject", "FIRST 1"))
                        .hasSize(7);
                assertThat(thunderbird.call("search", "INBOX", "Sender", "nobody"))
                        .isEmpty();

                imap.say("SELECT INBOX");
                imap.say("STORE 4 +FLAGS (\\Seen $label3)");
                imap.say("STORE 5 +FLAGS (\\Deleted)");
                imap.say("EXPUNGE");
                thunderbird.call("told", "INBOX", identifier(3), "$label3 \\Seen");
                thunderbird.call("toldGone", "INBOX", identifier(4));
                imap.append("INBOX", "\\Flagged", Letters.of("now", 1).getFirst());
                thunderbird.call("told", "INBOX", "now.0@example.net", "\\Flagged");

                thunderbird.call("trash", "INBOX", identifier(0));
                become(
                        "the Trash",
                        () -> imap.messages("Trash", ThunderbirdTest::form),
                        List.of(Held.of(form(LETTERS.getFirst()), List.of())));
                thunderbird.call("undo");
                become("the Trash", () -> imap.messages("Trash", ThunderbirdTest::form), List.of());
                assertThat(imap.messages("INBOX", ThunderbirdTest::form))
                        .contains(Held.of(form(LETTERS.getFirst()), List.of()));

                // of new mail that it is told of amid an answer it fetches nothing before it is asked to
                thunderbird.call("getMessages", "INBOX");
                thunderbird.call("told", "INBOX", identifier(0), "");
                thunderbird.call("readAll", "INBOX");
                imap.say("EXAMINE INBOX");
                become("the unread ones", () -> imap.say("SEARCH UNSEEN"), List.of("* SEARCH"));

                thunderbird.call("unsubscribe", "Archive");
                become("subscriptions", () -> imap.say("LSUB \"\" Archive"), List.of());
                thunderbird.call("subscribe", "Archive");
                become("subscriptions", () -> imap.say("LSUB \"\" Archive"), List.of("* LSUB () \"/\" Archive"));
                assertThat(thunderbird.refusals()).isEmpty();
            }
        }
    }

    private static void fill(Imap imap, Expected expected) throws IOException {
        var mailboxes = List.of("Letters/2024", "Bills & more", "Gr\u00fc\u00dfe/\u65e5\u672c", "A.b");
        var flags = List.of("", "\\Seen", "\\Seen \\Flagged", "\\Answered", "$Forwarded $label4");
        for (var mailbox : mailboxes) {
            imap.say("CREATE \"" + mailbox + "\"");
        }
        for (int i = 0; i < LETTERS.size(); i++) {
            var mailbox = i < 10 ? "INBOX" : mailboxes.get(i % mailboxes.size());
            imap.append("\"" + mailbox + "\"", flags.get(i % flags.size()), LETTERS.get(i));
            expected.put(mailbox, LETTERS.get(i), flags.get(i % flags.size()).split(" "));
        }
    }

    private static void doHere(Thunderbird thunderbird, Expected expected) throws IOException {
        thunderbird.call("create", "", "Neu & gr\u00fcn");
        thunderbird.call("create", "Neu & gr\u00fcn", "Kind");
        thunderbird.call("rename", "Neu & gr\u00fcn/Kind", "\u00dcber");
        thunderbird.call("moveFolder", "Gr\u00fc\u00dfe", "Letters");
        expected.rename("Gr\u00fc\u00dfe/\u65e5\u672c", "Letters/Gr\u00fc\u00dfe/\u65e5\u672c");
        thunderbird.call("deleteFolder", "Bills & more");
        expected.remove("Bills & more");

        thunderbird.call("read", "INBOX", identifier(0), true);
        thunderbird.call("tag", "INBOX", identifier(0), "own_word");
        expected.put("INBOX", LETTERS.get(0), "\\Seen", "own_word");
        thunderbird.call("flag", "INBOX", identifier(1), true);
        thunderbird.call("tag", "INBOX", identifier(1), "$label1");
        expected.put("INBOX", LETTERS.get(1), "\\Seen", "\\Flagged", "$label1");
        thunderbird.call("flag", "INBOX", identifier(2), false);
        thunderbird.call("read", "INBOX", identifier(2), false);
        thunderbird.call("forwarded", "INBOX", identifier(2));
        expected.put("INBOX", LETTERS.get(2), "$Forwarded");
        thunderbird.call("untag", "INBOX", identifier(4), "$label4");
        thunderbird.call("answered", "INBOX", identifier(4));
        expected.put("INBOX", LETTERS.get(4), "$Forwarded", "\\Answered");

        thunderbird.call("copy", "INBOX", List.of(identifier(3), identifier(5)), "Neu & gr\u00fcn/\u00dcber");
        expected.put("Neu & gr\u00fcn/\u00dcber", LETTERS.get(3), "\\Answered");
        expected.put("Neu & gr\u00fcn/\u00dcber", LETTERS.get(5));
        thunderbird.call("move", "INBOX", List.of(identifier(6), identifier(7)), "Letters/2024");
        expected.move("INBOX", LETTERS.get(6), "Letters/2024");
        expected.move("INBOX", LETTERS.get(7), "Letters/2024");
        thunderbird.call("trash", "INBOX", identifier(8));
        expected.move("INBOX", LETTERS.get(8), "Trash");

        var own = Letters.of("sent", 2).getLast();
        thunderbird.call("append", "Sent", new String(own, StandardCharsets.ISO_8859_1), "$label2");
        expected.put("Sent", own, "\\Seen", "$label2");
        thunderbird.call("carry", "INBOX", List.of(identifier(5), identifier(9)), "A.b");
        expected.put("A.b", LETTERS.get(5));
        expected.put("A.b", LETTERS.get(9), "$Forwarded", "$label4");
    }

    private static void doThere(Imap imap, Expected expected, List<byte[]> more) throws IOException {
        imap.say("SELECT INBOX");
        imap.say("STORE 1 +FLAGS (\\Deleted)");
        imap.say("EXPUNGE");
        expected.remove("INBOX", LETTERS.get(0));
        imap.say("STORE 1 FLAGS (\\Seen)");
        expected.put("INBOX", LETTERS.get(1), "\\Seen");
        imap.say("STORE 2 +FLAGS (\\Flagged $label3)");
        expected.put("INBOX", LETTERS.get(2), "$Forwarded", "\\Flagged", "$label3");
        imap.say("CREATE There/Child");
        imap.append("There/Child", "\\Seen", more.get(0));
        expected.put("There/Child", more.get(0), "\\Seen");
        imap.append("INBOX", "", more.get(1));
        expected.put("INBOX", more.get(1));
    }

    private static <T> void become(String what, Callable<T> state, T expected) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        var now = state.call();
        while (!now.equals(expected) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
            now = state.call();
        }
        assertThat(now).as(what).isEqualTo(expected);
    }

    private static SortedMap<String, List<Held>> near(Thunderbird thunderbird) throws IOException {
        return Imap.filled(thunderbird.state(ThunderbirdTest::form));
    }

    private static SortedMap<String, List<Held>> far(Imap imap) throws IOException {
        return Imap.filled(imap.state(ThunderbirdTest::form));
    }

    private static Collection<String> mailboxes(Imap imap) throws IOException {
        return imap.state(message -> "").keySet();
    }

    private static String identifier(int letter) {
        return "first." + letter + "@example.net";
    }

    /** Octet by octet; Thunderbird adds fields in its own files, and to what goes through a folder of its own. */
    private static String form(byte[] message) {
        var text = new String(message, StandardCharsets.ISO_8859_1).replaceAll("(?m)^X-Mozilla-[^\n]*\n", "");
        return Letters.digest(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What the mailboxes have to have, each letter once. */
    private static final class Expected {
        private final SortedMap<String, SortedMap<String, Held>> mailboxes = new TreeMap<>();

        void put(String mailbox, byte[] letter, String... flags) {
            put(mailbox, Held.of(form(letter), List.of(flags)));
        }

        private void put(String mailbox, Held held) {
            held(mailbox).put(held.content(), held);
        }

        private SortedMap<String, Held> held(String mailbox) {
            return mailboxes.computeIfAbsent(mailbox, name -> new TreeMap<>());
        }

        void remove(String mailbox, byte[] letter) {
            held(mailbox).remove(form(letter));
        }

        void move(String mailbox, byte[] letter, String to) {
            put(to, Objects.requireNonNull(held(mailbox).remove(form(letter))));
        }

        void remove(String mailbox) {
            mailboxes.remove(mailbox);
        }

        void rename(String mailbox, String to) {
            mailboxes.put(to, held(mailbox));
            remove(mailbox);
        }

        SortedMap<String, List<Held>> state() {
            var state = new TreeMap<String, List<Held>>();
            mailboxes.forEach((name, held) -> state.put(name, List.copyOf(held.values())));
            return Imap.filled(state);
        }
    }
}
