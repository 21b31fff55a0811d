package org.merpati.launch.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** offlineimap, both ways. It writes messages anew, so that they are compared by identifier and text. */
class OfflineImapTest {
    private static final List<String> MAILBOXES = List.of("INBOX", "Letters/2024", "&AN8-");
    private static final Pattern IDENTIFIER = Pattern.compile("(?im)^Message-ID: *(\\S+)$");

    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource
    void bothSidesBecomeAndStayTheSame(Security security) throws Exception {
        var client = Program.installed("offlineimap", "offlineimap3", home);
        var house = MailHouse.shared();
        var address = house.account("offline");
        var near = new Maildir(Files.createDirectory(home.resolve("mail")), OfflineImapTest::form);
        var fingerprint = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-512")
                        .digest(house.certificate().getEncoded()));
        client.file("rc", configuration(house, address, security, fingerprint));
        try (var imap = house.imap(address)) {
            fill(imap);
            sync(client);
            assertThat(far(imap)).as("the first copy").isEqualTo(Imap.filled(near.state()));

            near.change("New", Letters.of("near", 4));
            var changed = near.state();
            sync(client);
            assertThat(far(imap)).as("what was done here").isEqualTo(Imap.filled(changed));

            for (var mailbox : MAILBOXES) {
                imap.say("SELECT \"" + mailbox + "\"");
                imap.say("STORE 1:3 +FLAGS (\\Flagged)");
                imap.say("STORE 4:5 +FLAGS (\\Deleted)");
                imap.say("EXPUNGE");
                imap.append(
                        "\"" + mailbox + "\"",
                        "\\Answered",
                        Letters.of("far", 1).getFirst());
            }
            imap.say("CREATE \"From there\"");
            imap.append("\"From there\"", "", Letters.of("far", 3).getLast());
            var there = far(imap);
            sync(client);
            assertThat(Imap.filled(near.state())).as("what was done there").isEqualTo(there);

            sync(client);
            assertThat(Imap.filled(near.state()))
                    .as("nothing is left to be done")
                    .isEqualTo(there);
            assertThat(far(imap)).isEqualTo(there);
        }
    }

    private static void fill(Imap imap) throws IOException {
        var flags = List.of("", "\\Seen", "\\Seen \\Answered", "\\Flagged");
        for (var mailbox : MAILBOXES.subList(1, MAILBOXES.size())) {
            imap.say("CREATE \"" + mailbox + "\"");
        }
        var letters = Letters.of("first", 45);
        for (int i = 0; i < letters.size(); i++) {
            imap.append("\"" + MAILBOXES.get(i % MAILBOXES.size()) + "\"", flags.get(i % flags.size()), letters.get(i));
        }
    }

    private static void sync(Program client) throws IOException, InterruptedException {
        var said = client.run("-c", "rc", "-o", "-u", "basic").orFail().text();
        assertThat(said).doesNotContain("ERROR").doesNotContain("Traceback");
    }

    /** By the names that offlineimap gives its folders. */
    private static SortedMap<String, List<Held>> far(Imap imap) throws IOException {
        var far = new java.util.TreeMap<String, List<Held>>();
        Imap.filled(imap.state(OfflineImapTest::form)).forEach((name, held) -> far.put(name.replace('/', '.'), held));
        return far;
    }

    private static String form(byte[] message) {
        var text = Letters.bare(message);
        var identifier = IDENTIFIER.matcher(text);
        var body = text.substring(text.indexOf("\n\n") + 1).replaceAll("\\s", "");
        return (identifier.find() ? identifier.group(1) : "none") + " " + Letters.digest(Letters.text(body));
    }

    private static String configuration(MailHouse house, String address, Security security, String fingerprint) {
        return """
                [general]
                accounts = all
                metadata = meta
                socktimeout = 60
                [Account all]
                localrepository = near
                remoterepository = far
                [Repository near]
                type = Maildir
                localfolders = mail
                sync_deletes = yes
                [Repository far]
                type = IMAP
                remotehost = 127.0.0.1
                remoteport = %d
                remoteuser = %s
                remotepass = %s
                ssl = %s
                starttls = no
                cert_fingerprint = %s
                expunge = yes
                createfolders = yes
                """.formatted(
                        house.port(security), address, MailHouse.PASSWORD, security.tls() ? "yes" : "no", fingerprint);
    }
}
