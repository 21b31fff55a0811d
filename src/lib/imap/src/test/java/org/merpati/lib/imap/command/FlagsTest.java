package org.merpati.lib.imap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.command.Flags.SystemFlag;

final class FlagsTest {
    private static CommandReader over(String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        return new CommandReader(octets, 0, octets.length);
    }

    private static void refused(String text, String message) {
        assertThatExceptionOfType(ImapSyntaxException.class)
                .isThrownBy(() -> {
                    var in = over(text);
                    Flags.list(in);
                    in.end();
                })
                .withMessage(message);
    }

    @Test
    void systemFlagsAreReadInAnyCaseAndKeywordsStayAsTheyAre() {
        assertThat(Flags.list(over("(\\Seen \\DELETED $Forwarded \\seen Junk-x)")))
                .isEqualTo(new Flags(Set.of(SystemFlag.SEEN, SystemFlag.DELETED), Set.of("$Forwarded", "Junk-x")));
        assertThat(Flags.list(over("()"))).isEqualTo(Flags.NONE);
    }

    @Test
    void storeMayLeaveTheParenthesesOut() {
        assertThat(Flags.bare(over("\\Answered \\Draft \\Flagged a")))
                .isEqualTo(new Flags(Set.of(SystemFlag.ANSWERED, SystemFlag.DRAFT, SystemFlag.FLAGGED), Set.of("a")));
    }

    @Test
    void whatNoClientSetsIsRefused() {
        refused("(\\Recent)", "expected a flag that a client can set at offset 1");
        refused("(a \\Important)", "expected a flag that a client can set at offset 3");
        refused("(\\*)", "expected an atom at offset 2");
        refused("(\\)", "expected an atom at offset 2");
        refused("(a  b)", "expected an atom at offset 3");
        refused("(a b", "expected ')' at offset 4");
        refused("a", "expected '(' at offset 0");
        refused("(a]b)", "expected ')' at offset 2");
    }

    @Test
    void theLimitsAreExact() {
        var hundred = IntStream.range(0, 100).mapToObj(i -> "k" + i).collect(Collectors.joining(" "));
        assertThat(Flags.list(over("(" + hundred + ")")).keywords()).hasSize(100);
        refused("(" + hundred + " x)", "expected no more than 100 flags at offset " + (hundred.length() + 2));
        assertThat(Flags.list(over("(" + "x".repeat(255) + ")")).keywords()).hasSize(1);
        refused("(" + "x".repeat(256) + ")", "expected a keyword of at most 255 characters at offset 1");
    }
}
