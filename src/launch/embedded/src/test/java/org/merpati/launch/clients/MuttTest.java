package org.merpati.launch.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** mutt at a terminal, with caches, CONDSTORE and QRESYNC. */
class MuttTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource
    void messagesAreReadFlaggedCopiedAndDeleted(Security security) throws Exception {
        Program.installed("mutt", "mutt", home);
        var terminal = Program.installed("script", "bsdutils", home);
        var house = MailHouse.shared();
        var address = house.account("mutt");
        terminal.file("server.pem", house.pem());
        terminal.file("show", "#!/bin/sh\ncat > shown\n");
        try (var imap = house.imap(address)) {
            imap.say("CREATE \"Copies/&ANw-ber\"");
            var names = List.of("alpha", "beta", "gamma", "delta", "epsilon");
            for (int i = 0; i < names.size(); i++) {
                imap.append("INBOX", "", letter(names.get(i), i));
            }
            mutt(terminal, house, address, security, """
                    <limit>~s gamma<enter><first-entry><pipe-message>sh show<enter>\
                    <limit>~A<enter><tag-pattern>~s beta<enter><tag-prefix><copy-message><kill-line>=Copies/\u00dcber<enter>\
                    <untag-pattern>~A<enter><delete-pattern>~s alpha<enter>\
                    <limit>~s delta<enter><first-entry><flag-message><limit>~A<enter>\
                    <limit>~s epsilon<enter><first-entry><set-flag>r<limit>~A<enter>\
                    <sync-mailbox><quit>""");
            assertThat(Files.readAllBytes(home.resolve("shown"))).isEqualTo(Letters.unixLines(letter("gamma", 2)));
            var flags = new TreeMap<String, String>();
            for (var held : imap.messages("INBOX", MuttTest::subject)) {
                flags.put(held.content(), held.flags().toString());
            }
            assertThat(flags).containsOnlyKeys("beta", "gamma", "delta", "epsilon");
            assertThat(flags.get("delta")).contains("\\flagged");
            assertThat(flags.get("epsilon")).contains("\\answered");
            assertThat(flags.get("beta")).doesNotContain("\\flagged").doesNotContain("\\answered");
            assertThat(imap.messages("Copies/&ANw-ber", Letters::exact))
                    .singleElement()
                    .satisfies(held -> assertThat(held.content()).isEqualTo(Letters.exact(letter("beta", 1))));

            mutt(terminal, house, address, security, """
                    <search>~b \u00e4hnlich<enter><delete-message><change-folder><kill-line>=Copies/\u00dcber<enter>\
                    <delete-pattern>~A<enter><sync-mailbox><quit>""");
            assertThat(imap.messages("INBOX", MuttTest::subject).stream().map(Held::content))
                    .as("with what it has cached, and the body found here")
                    .containsExactly("beta", "epsilon", "gamma");
            assertThat(imap.messages("Copies/&ANw-ber", Letters::exact)).isEmpty();
        }
    }

    private static byte[] letter(String subject, int number) {
        return Letters.text("Message-ID: <mutt." + number + "@example.net>\r\nFrom: bob@example.net\r\n"
                + "To: anna@example.org\r\nSubject: " + subject + "\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                + (subject.equals("delta") ? "Etwas \u00e4hnliches.\r\n" : "Nichts.\r\n"));
    }

    private static String subject(byte[] message) {
        return Letters.bare(message).replaceAll("(?s).*\nSubject: (\\w+)\n.*", "$1");
    }

    private static void mutt(Program terminal, MailHouse house, String address, Security security, String keys)
            throws Exception {
        terminal.file("rc", configuration(house, address, security) + "push \"" + keys + "\"\n");
        terminal.run("-qec", "mutt -n -F rc", "typescript").orFail();
    }

    private static String configuration(MailHouse house, String address, Security security) {
        return """
                set imap_pass="%s"
                set folder="%s://%s@127.0.0.1:%d/"
                set spoolfile="+INBOX"
                set ssl_starttls=no ssl_force_tls=no ssl_verify_host=no ssl_verify_dates=no
                set certificate_file=server.pem
                set header_cache=headers message_cachedir=bodies
                set imap_qresync=yes imap_condstore=yes imap_idle=yes imap_check_subscribed=no
                set charset=utf-8 wait_key=no pipe_decode=no delete=yes quit=yes
                set confirmappend=no confirmcreate=no move=no mark_old=no record="" sort=mailbox-order
                """.formatted(MailHouse.PASSWORD, security.scheme(), address.replace("@", "%40"), house.port(security));
    }
}
