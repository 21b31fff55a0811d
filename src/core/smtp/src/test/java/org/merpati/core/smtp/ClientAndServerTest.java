package org.merpati.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.merpati.lib.smtp.client.SmtpClient;

/** Our client against our server: what one sends, the other receives, octet for octet. */
class ClientAndServerTest {
    @Test
    void aMessageOfAnyOctetsArrivesAsItIs() throws IOException {
        var message = new StringBuilder("Subject: all octets\r\n\r\n");
        for (int octet = 0; octet < 256; octet++) {
            if (octet != '\r' && octet != '\n') {
                message.append((char) octet)
                        .append(".\r\n.")
                        .append((char) octet)
                        .append("\r\n..\r\n.\r\n");
            }
        }
        var text = message.toString().repeat(20);
        // the server's answers are known beforehand, so that both can run one after the other
        var answers = "220 mx\r\n250 mx\r\n250 ok\r\n250 ok\r\n354 go\r\n250 ok\r\n221 bye\r\n";
        var sent = new ByteArrayOutputStream();
        var client = new SmtpClient(new ByteArrayInputStream(answers.getBytes(StandardCharsets.US_ASCII)), sent);
        client.reply();
        client.command("EHLO client.example.net");
        client.send(
                "a@example.net",
                List.of("alice@example.org"),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
        client.command("QUIT");

        var world = new Fixture();
        world.serve(sent.toString(StandardCharsets.ISO_8859_1));

        assertThat(world.messages).hasSize(1);
        assertThat(world.messages.getFirst().equals(text)).isTrue();
    }
}
