package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MailboxPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*, a/b/c, true",
        "%, a, true",
        "%, a/b, false",
        "a/%, a/b, true",
        "a/%, a/b/c, false",
        "a/*, a/b/c, true",
        "a*c, a/b/c, true",
        "%/%, a/b, true",
        "inbox, INBOX, true",
        "InB%, INBOX, true",
        "archive, Archive, false",
        "%*%, a/b, true",
        "b, abc, false"
    })
    void wildcardsStandForWhatTheyMay(String pattern, String name, boolean matches) {
        assertThat(new MailboxPattern("", pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void noPatternTakesLong() {
        var pattern = new MailboxPattern("", "%a*".repeat(600) + "b");
        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(pattern.matches("a".repeat(1000))).isFalse());
        assertThat(new MailboxPattern("", "a".repeat(5000)).matches("a".repeat(5000)))
                .isFalse();
    }
}
