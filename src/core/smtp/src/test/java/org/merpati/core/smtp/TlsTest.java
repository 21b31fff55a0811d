package org.merpati.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.merpati.core.smtp.ScriptedConnection.Event;
import org.merpati.core.smtp.TlsConversation.HandshakeFailed;

/** What may not come through STARTTLS. */
class TlsTest {
    private final Fixture world = new Fixture();

    @Test
    void inputBehindStartTlsEndsTheSession() throws IOException {
        var connection = ScriptedConnection.of(
                "EHLO c\r\nSTARTTLS\r\nMAIL FROM:<evil@example.net>\r\nRCPT TO:<bob@example.org>\r\n");
        connection.offersTls = true;
        world.protocol().serve(connection);

        assertThat(connection.written())
                .endsWith("421 4.7.0 mx.example.org closes the connection:"
                        + " nothing may follow STARTTLS before its reply\r\n")
                .doesNotContain("220 2.0.0");
        assertThat(connection.secure).isFalse();
        assertThat(world.lookUps).isZero();
    }

    @Test
    void inputThatComesLaterInClearIsNoHandshakeAndNotAnswered() {
        var connection = new ScriptedConnection(List.of(
                new Event.Octets("EHLO c\r\nSTARTTLS\r\n", () -> {}),
                new Event.Octets("MAIL FROM:<evil@example.net>\r\n", () -> {})));
        connection.offersTls = true;

        assertThatThrownBy(() -> world.protocol().serve(connection)).isInstanceOf(HandshakeFailed.class);
        assertThat(connection.written()).endsWith("220 2.0.0 Ready to start TLS\r\n");
    }

    @Test
    void whatWasSaidInClearIsForgotten() throws IOException {
        world.kind = SmtpKind.SUBMISSION;
        world.settings.put("auth.allow-plaintext", "true");
        world.passwords.put("alice@example.org", "secret");
        var connection = new ScriptedConnection(List.of(
                new Event.Octets("""
                        EHLO c\r
                        AUTH PLAIN AGFsaWNlQGV4YW1wbGUub3JnAHNlY3JldA==\r
                        MAIL FROM:<alice@example.org>\r
                        RCPT TO:<bob@example.org>\r
                        """, () -> {}),
                new Event.Octets("BDAT 3\r\nabc", () -> {}),
                new Event.Octets("STARTTLS\r\n", () -> {}),
                new Event.Handshake(),
                new Event.Octets("BDAT 3 LAST\r\nabc", () -> {}),
                new Event.Octets("EHLO c\r\n", () -> {}),
                new Event.Octets("MAIL FROM:<alice@example.org>\r\n", () -> {})));
        connection.offersTls = true;
        connection.near = true;
        world.protocol().serve(connection);

        assertThat(connection.written())
                .contains("235 2.7.0")
                .contains("220 2.0.0 Ready to start TLS\r\n503 5.5.1 MAIL first\r\n")
                .endsWith("530 5.7.0 Authentication required\r\n");
        assertThat(world.messages).isEmpty();
        assertThat(world.spool.open).isZero();
    }

    @Test
    void passwordsInClearNeedTheSettingAndALoopbackPeer() throws IOException {
        world.kind = SmtpKind.SUBMISSION;
        var connection = ScriptedConnection.of("EHLO c\r\n");
        connection.near = true;
        world.protocol().serve(connection);
        assertThat(connection.written()).contains("AUTH SCRAM").doesNotContain("PLAIN");

        world.settings.put("auth.allow-plaintext", "true");
        assertThat(world.serve("EHLO c\r\n")).contains("AUTH SCRAM").doesNotContain("PLAIN");
    }
}
