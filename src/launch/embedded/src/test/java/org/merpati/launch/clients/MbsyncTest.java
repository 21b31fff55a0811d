package org.merpati.launch.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** isync's mbsync, both ways. */
class MbsyncTest {
    private static final List<String> MAILBOXES = List.of("INBOX", "Bills &- Letters/2024", "A.b");

    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource
    void bothSidesBecomeAndStayTheSame(Security security) throws Exception {
        var mbsync = Program.installed("mbsync", "isync", home);
        var house = MailHouse.shared();
        var address = house.account("mbsync");
        var near = new Maildir(Files.createDirectory(home.resolve("mail")), MbsyncTest::form);
        mbsync.file("rc", configuration(house, address, security));
        mbsync.file("server.pem", house.pem());
        try (var imap = house.imap(address)) {
            fill(imap);
            sync(mbsync);
            assertThat(far(imap)).as("the first copy").isEqualTo(plain(near.state()));

            near.change("New here", Letters.of("near", 5));
            var changed = near.state();
            sync(mbsync);
            assertThat(far(imap)).as("what was done here").isEqualTo(plain(changed));
            assertThat(near.state()).isEqualTo(changed);

            for (var mailbox : MAILBOXES) {
                imap.say("SELECT \"" + mailbox + "\"");
                imap.say("STORE 1:4 +FLAGS (\\Flagged)");
                imap.say("STORE 2:3 -FLAGS (\\Seen)");
                imap.say("STORE 5:7 +FLAGS (\\Deleted)");
                imap.say("EXPUNGE");
            }
            imap.say("MOVE 1:2 INBOX");
            imap.say("CREATE \"New there/Child\"");
            imap.append("\"New there/Child\"", "\\Seen", Letters.of("far", 1).getFirst());
            var there = far(imap);
            sync(mbsync);
            assertThat(plain(near.state())).as("what was done there").isEqualTo(there);
            assertThat(far(imap)).isEqualTo(there);

            var here = near.state();
            sync(mbsync);
            assertThat(near.state()).as("nothing is left to be done").isEqualTo(here);
            assertThat(far(imap)).isEqualTo(there);
        }
    }

    private static void fill(Imap imap) throws IOException {
        var flags = List.of("", "\\Seen", "\\Seen \\Answered", "\\Flagged", "\\Draft");
        for (var mailbox : MAILBOXES.subList(1, MAILBOXES.size())) {
            imap.say("CREATE \"" + mailbox + "\"");
        }
        var letters = Letters.of("first", 60);
        for (int i = 0; i < letters.size(); i++) {
            imap.append(
                    "\"" + MAILBOXES.get(i % MAILBOXES.size()) + "\"", flags.get(i % 7 % flags.size()), letters.get(i));
        }
    }

    private static void sync(Program mbsync) throws IOException, InterruptedException {
        mbsync.run("-c", "rc", "all").orFail();
    }

    private static SortedMap<String, List<Held>> far(Imap imap) throws IOException {
        return plain(imap.state(MbsyncTest::form));
    }

    /** Without empty mailboxes; older ones name their folders as they are sent, newer ones as they are read. */
    private static SortedMap<String, List<Held>> plain(Map<String, List<Held>> state) {
        var plain = new TreeMap<String, List<Held>>();
        Imap.filled(state).forEach((name, held) -> plain.put(name.replace("&-", "&"), held));
        return plain;
    }

    /** mbsync adds a header field by which it finds what it has uploaded. */
    private static String form(byte[] message) {
        return Letters.digest(Letters.text(Letters.bare(message).replaceAll("(?m)^X-TUID: .*\n", "")));
    }

    private static String configuration(MailHouse house, String address, Security security) {
        return """
                IMAPAccount house
                Host 127.0.0.1
                Port %d
                User %s
                Pass %s
                SSLType %s
                CertificateFile server.pem

                IMAPStore far
                Account house

                MaildirStore near
                Path mail/
                Inbox mail/INBOX
                SubFolders Verbatim

                Channel all
                Far :far:
                Near :near:
                Patterns *
                Create Both
                Remove Both
                Expunge Both
                SyncState *
                """.formatted(house.port(security), address, MailHouse.PASSWORD, security.tls() ? "IMAPS" : "None");
    }
}
