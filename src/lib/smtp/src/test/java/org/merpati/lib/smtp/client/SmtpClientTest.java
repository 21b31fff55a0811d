package org.merpati.lib.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.smtp.DataReader;
import org.merpati.lib.smtp.SmtpInput;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.Trickle;

class SmtpClientTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private SmtpClient client(String server) {
        return new SmtpClient(new Trickle(server, 3), sent);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String sent() {
        return sent.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void repliesOfManyLinesAreOne() throws IOException {
        var client = client("220 mx\r\n250-mx\r\n250 SIZE\r\n221 2.0.0 bye\r\n");

        assertThat(client.reply()).isEqualTo(SmtpReply.plain(220, "mx"));
        assertThat(client.command("EHLO c")).isEqualTo(SmtpReply.plain(250, "mx", "SIZE"));
        assertThat(client.command("QUIT")).isEqualTo(SmtpReply.of(221, "2.0.0", "bye"));
        assertThat(sent()).isEqualTo("EHLO c\r\nQUIT\r\n");
    }

    @Test
    void aTransactionIsOneGroupAndTheMessage() throws IOException {
        var client = client("250 ok\r\n250 ok\r\n550 5.1.1 no\r\n354 go\r\n250 2.6.0 taken\r\n");
        var result = client.send("a@b", List.of("c@d", "e@f"), bytes(".hello\r\n"));

        assertThat(result.end()).isEqualTo(SmtpReply.of(250, "2.6.0", "taken"));
        assertThat(result.recipients()).extracting(SmtpReply::code).containsExactly(250, 550);
        assertThat(sent()).isEqualTo("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nDATA\r\n..hello\r\n.\r\n");
    }

    @Test
    void withoutARecipientNothingIsSent() throws IOException {
        var refused =
                client("250 ok\r\n550 5.1.1 no\r\n554 no\r\n250 reset\r\n").send("", List.of("c@d"), bytes("secret"));
        assertThat(refused.end()).isEqualTo(SmtpReply.of(550, "5.1.1", "no"));
        assertThat(sent()).endsWith("DATA\r\nRSET\r\n");

        var careless =
                client("250 ok\r\n550 5.1.1 no\r\n354 go\r\n554 no\r\n").send("", List.of("c@d"), bytes("secret"));
        assertThat(careless.end().code()).isEqualTo(550);
        assertThat(sent()).endsWith("DATA\r\n.\r\n").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", ".", "..\r\n", "a\r\n.b\r\n.\r\n", "a\r\n\r\n", ".\r\n.\r\n..", "no end"})
    void whatIsSentIsReceived(String message) throws IOException {
        client("250 ok\r\n").data(bytes(message));
        var received = new ByteArrayOutputStream();
        DataReader.read(new SmtpInput(new Trickle(sent(), 5)), received, 1_000);

        var whole = message.isEmpty() || message.endsWith("\r\n") ? message : message + "\r\n";
        assertThat(received.toString(StandardCharsets.ISO_8859_1)).isEqualTo(whole);
    }

    @Test
    void commandsAreOneLine() {
        assertThatIllegalArgumentException().isThrownBy(() -> client("").command("NOOP\r\nQUIT"));
    }

    @Test
    void endlessRepliesEnd() {
        assertThatThrownBy(() -> client("250-x\r\n".repeat(10_000)).reply()).hasMessageContaining("lines");
        assertThatThrownBy(() -> client("2".repeat(10_000)).reply()).hasMessageContaining("octets");
        assertThatThrownBy(() -> client("250").reply()).isInstanceOf(IOException.class);
    }
}
