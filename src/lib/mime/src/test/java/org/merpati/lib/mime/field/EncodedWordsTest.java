package org.merpati.lib.mime.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2047. */
class EncodedWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain text|plain text",
                "=?utf-8?Q?caf=C3=A9?=|café",
                "=?UTF-8?b?w6k=?=|é",
                "=?iso-8859-1?q?a_b=20c?=|a b c",
                "=?ISO-8859-1*fr?Q?=E9t=E9?=|été",
                "before =?utf-8?q?x?= after|before x after",
                "=?utf-8?q?a?= =?utf-8?q?b?=|ab",
                "=?utf-8?q?a?=  \t =?iso-8859-1?q?=E9?=|aé",
                "=?utf-8?q?=C3?= =?utf-8?q?=A9?=|é",
                "=?utf-8?q?a?= x =?utf-8?q?b?=|a x b",
                "=?utf-8?q??= =?utf-8?q?b?=|b",
                "=?utf-8?q?a?==?utf-8?q?b?=|ab",
                "=?no-such-charset?q?=E9?=|é"
            })
    void decodes(String text, String decoded) {
        assertThat(EncodedWords.decode(text)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "=?utf-8?Q?Is this it??=|Is this it?",
                "=?utf-8?Q?a=?=|a=",
                "=?utf-8?Q?1=3?=|1=3",
                "=?utf-8?Q?=ZZ?=|=ZZ",
                "=?utf-8?B?w6k?=|é",
                "=?utf-8?B?w6kx?=|é1",
                "=?utf-8?B?w6k=w6k=?=|éé",
                "=?utf-8?B?w6 k=?=|é",
                "=?utf-8?B?YWJjZ?=|abc",
                "=?iso_8859-1:1987?Q?=E9?=|é",
                "x=?utf-8?Q?=C3=A9?=y|xéy",
                "=?iso-8859-1?Q?Frö=E4?=|Fröä",
                "=?utf-8?Q?ö=C3=A4?=|öä",
                "=?utf-7?Q?+AOk-?=|é",
                "=?iso-2022-jp?B?GyRCJCIbKEI=?=|あ"
            })
    void isLenientWithinAWord(String text, String decoded) {
        assertThat(EncodedWords.decode(text)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?",
                "=??=",
                "=?utf-8?=",
                "=?utf-8?q?",
                "=?utf-8?q?no end",
                "=?utf-8?x?abc?=",
                "=?ut f8?q?abc?=",
                "=??q?abc?=",
                "=?utf-8?q?a=?utf-8?b",
                "? =?=?=?= ?="
            })
    void whatIsNoWordStays(String text) {
        assertThat(EncodedWords.decode(text)).isEqualTo(text);
    }

    @Test
    void aBeginningWithinTextDoesNotHideTheWordAfterIt() {
        assertThat(EncodedWords.decode("=?x =?utf-8?q?=C3=A9?=")).isEqualTo("=?x é");
        assertThat(EncodedWords.decode("=?utf-8?q?lost =?utf-8?q?=C3=A9?=")).isEqualTo("=?utf-8?q?lost é");
    }

    /** Each would take minutes if a beginning looked for its end beyond the next beginning. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?",
                "=?a?q?x",
                "=?a?b?x",
                "=?a?q?",
                "=?aaaa",
                "=?=?=",
                "=?a?b?=?",
                "=?utf-8?q?a?= ",
                "=?a?b?!?",
                "?=",
                "=?a?q?=",
                "=?a?b?A?=",
                "=?utf-8?b?w6k=?="
            })
    void aMegabyteOfItTakesNoTime(String hostile) {
        var text = hostile.repeat(1_000_000 / hostile.length());

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> EncodedWords.decode(text));
    }

    @Test
    void unknownCharsetsAreLookedUpInBoundedTime() {
        var text = new StringBuilder();
        for (int i = 0; text.length() < 1_000_000; i++) {
            text.append("=?x").append(i).append("?q?a?=");
        }

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> EncodedWords.decode(text.toString()));
        assertThat(EncodedWords.decode("=?x1?q?=E9?==?utf-8?q?=C3=A9?=")).isEqualTo("éé");
    }
}
