package org.merpati.lib.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpReplyTest {
    @Test
    void theEnhancedCodeStandsInEveryLine() {
        assertThat(SmtpReply.of(250, "2.1.0", "one", "two").wireLines())
                .containsExactly("250-2.1.0 one", "250 2.1.0 two");
        assertThat(SmtpReply.plain(354, "go").wireLines()).containsExactly("354 go");
    }

    @Test
    void aReplyThatContradictsItselfCannotBeBuilt() {
        assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(450, "5.7.1", "no"));
        assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(250, "4.0.0", "no"));
        assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(600, "5.0.0", "no"));
        assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(250, "2.0", "no"));
        assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.plain(250));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\nb", "a\rb", "a\0b", "é"})
    void textMakesNoSecondLine(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(250, "2.0.0", text));
    }

    @Test
    void aLineHas512OctetsAtMost() {
        assertThat(SmtpReply.of(250, "2.0.0", "x".repeat(500)).wireLines().getFirst())
                .hasSize(510);
        assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(250, "2.0.0", "x".repeat(501)));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        for (var reply : List.of(
                SmtpReply.of(550, "5.1.1", "no such", "mailbox"),
                SmtpReply.plain(250, "mx", "SIZE 1", "HELP"),
                SmtpReply.of(250, "2.0.0", ""))) {
            assertThat(SmtpReply.read(reply.wireLines())).isEqualTo(reply);
        }
    }

    @Test
    void othersRepliesAreReadLeniently() throws IOException {
        assertThat(SmtpReply.read(List.of("250"))).isEqualTo(SmtpReply.plain(250, ""));
        assertThat(SmtpReply.read(List.of("450 5.1.1 contradiction")))
                .isEqualTo(SmtpReply.plain(450, "5.1.1 contradiction"));
        assertThat(SmtpReply.read(List.of("250-2.0.0 a", "250 b"))).isEqualTo(SmtpReply.plain(250, "2.0.0 a", "b"));
        assertThat(SmtpReply.read(List.of("250 caf\u00e9\0"))).isEqualTo(SmtpReply.plain(250, "caf??"));
        assertThat(SmtpReply.read(List.of("250 2.0.0"))).isEqualTo(SmtpReply.of(250, "2.0.0", ""));
        assertThat(SmtpReply.read(List.of("250 " + "x".repeat(2_000))).lines().getFirst())
                .hasSize(506);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "25", "abc", "650 x", "2500 x", "SSH-2.0"})
    void whatIsNoReplyIsAnError(String line) {
        assertThatThrownBy(() -> SmtpReply.read(List.of(line))).isInstanceOf(IOException.class);
    }

    @Test
    void outputCollectsUntilItIsFlushedOrFull() throws IOException {
        var wire = new ByteArrayOutputStream();
        var out = new SmtpOutput(wire);
        out.write(SmtpReply.of(250, "2.0.0", "one"));
        out.write(SmtpReply.of(250, "2.0.0", "two"));
        assertThat(wire.size()).isZero();
        out.flush();
        assertThat(wire.toString(StandardCharsets.US_ASCII)).isEqualTo("250 2.0.0 one\r\n250 2.0.0 two\r\n");
        for (int i = 0; i < 100; i++) {
            out.write(SmtpReply.of(250, "2.0.0", "x".repeat(500)));
        }
        out.flush();
        assertThat(wire.size()).isEqualTo(30 + 100 * 512);
    }
}
